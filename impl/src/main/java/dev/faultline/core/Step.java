package dev.faultline.core;

import java.util.List;

/**
 * What came of one step of a core.
 *
 * @param event the step, under the name of the spec's action
 * @param effects what the driver is to do now, in this order
 */
public record Step(Event event, List<Effect> effects) {
    /** Copies the list. */
    public Step {
        effects = List.copyOf(effects);
    }

    static Step of(Event event, Effect... effects) {
        return new Step(event, List.of(effects));
    }
}
