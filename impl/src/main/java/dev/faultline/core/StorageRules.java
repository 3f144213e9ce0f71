package dev.faultline.core;

import java.util.Set;
import java.util.TreeSet;

/**
 * The rules that the storage container keeps to, under the name of the spec's operator in MappingAgents. They are methods
 * of an interface so that a mutant can take one away by overriding it; nothing else overrides them.
 */
public interface StorageRules {
    /** The name of the controller, where agents have theirs. Spec: {@code Controller}. */
    String CONTROLLER = "controller";

    /** The rules as they are. */
    StorageRules ALL = new StorageRules() {};

    /** Storage performs the I/O of its members only, whatever an agent that was given up still believes. */
    default boolean performsOnlyForMembers(String agent, Set<String> members) {
        return members.contains(agent);
    }

    /**
     * Storage that has lost power performs nothing for an agent that it served before: hosts learn by it that what they wrote
     * may be lost.
     */
    default boolean performsOnlyAfterLoss(String agent, Set<String> cut) {
        return !cut.contains(agent);
    }

    /**
     * Storage that has lost power does nothing for the controller until it has heard of it: what it wrote before may be lost.
     */
    default boolean hasHeardOfLoss(Set<String> cut) {
        return !cut.contains(CONTROLLER);
    }

    /**
     * Storage that comes back refuses all whom it has served before: returns them.
     *
     * @param agents the agents that there ever were
     */
    default Set<String> cutByLoss(Set<String> agents) {
        Set<String> cut = new TreeSet<>(agents);
        cut.add(CONTROLLER);
        return cut;
    }
}
