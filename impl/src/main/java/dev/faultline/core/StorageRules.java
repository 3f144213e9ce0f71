package dev.faultline.core;

import java.util.Set;

/**
 * The rules that the storage container keeps to, under the name of the spec's operator in MappingAgents. They are methods
 * of an interface so that a mutant can take one away by overriding it; nothing else overrides them.
 */
public interface StorageRules {
    /** The rules as they are. */
    StorageRules ALL = new StorageRules() {};

    /** Storage performs the I/O of its members only, whatever an agent that was given up still believes. */
    default boolean performsOnlyForMembers(String agent, Set<String> members) {
        return members.contains(agent);
    }
}
