package dev.faultline.core;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A snapshot on its way. Immutable. Spec: {@code Clone}.
 *
 * @param from the disk that is cloned
 * @param step how far it is
 * @param awaits the agents whose answer is still missing
 */
public record Clone(String from, Step step, Set<String> awaits) {
    /** How far a snapshot is. Spec: {@code CloneSteps}. */
    public enum Step {
        /** Nothing is done yet. */
        ASKED,
        /** The original's table has Nw; agents are told. */
        FREEZING,
        /** The table has been copied. */
        COPIED
    }

    /** Copies the set. */
    public Clone {
        awaits = Collections.unmodifiableSet(new TreeSet<>(awaits));
    }

    Clone freezing(Set<String> agents) {
        return new Clone(from, Step.FREEZING, agents);
    }

    Clone copied() {
        return new Clone(from, Step.COPIED, awaits);
    }

    Clone answeredBy(String agent) {
        return new Clone(from, step, without(awaits, agent));
    }

    static Set<String> without(Set<String> set, String element) {
        Set<String> rest = new TreeSet<>(set);
        rest.remove(element);
        return rest;
    }
}
