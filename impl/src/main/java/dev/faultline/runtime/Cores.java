package dev.faultline.runtime;

import dev.faultline.core.AgentCore;
import dev.faultline.core.ControllerCore;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies of the cores of a running cluster, each as it was when its thread was asked, one soon after the other.
 *
 * @param agents those of the agents whose threads answered, by name
 * @param controller that of the controller; null if its thread did not answer
 */
public record Cores(Map<String, AgentCore> agents, @Nullable ControllerCore controller) {
    /** None at all. */
    static final Cores NONE = new Cores(Map.of(), null);

    /** Copies the map. */
    public Cores {
        agents = Collections.unmodifiableMap(new TreeMap<>(agents));
    }
}
