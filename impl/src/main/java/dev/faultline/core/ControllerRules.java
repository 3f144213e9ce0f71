package dev.faultline.core;

/**
 * The rules that the controller depends on, one method each, under the name of the spec's operator in
 * MappingController. They are methods of an interface so that a mutant can take one away by overriding it; nothing else
 * overrides them.
 */
public interface ControllerRules {
    /** The rules as they are. */
    ControllerRules ALL = new ControllerRules() {};

    /**
     * Commands about one entry go out one after the other, each when the one before is answered; a snapshot that was
     * asked for goes before new jobs.
     */
    default boolean oneAtATime(boolean idle, boolean cloning) {
        return idle && !cloning;
    }

    /** Data is copied only to a location that nothing names and no job fills: returns one. */
    default long unused(MappingTables tables) {
        return tables.unusedLocation();
    }

    /** A table names a copy only when every block of the segment is in it. */
    default boolean switchesOnlyWhenCopied(Job job, int blocksPerSegment) {
        return job.copied().size() == blocksPerSegment;
    }

    /** Writes are let through only when every agent that uses the table has left the old location (P18.1). */
    default boolean liftsOnlyWhenAllAnswered(Job job) {
        return job.awaits().isEmpty();
    }

    /** Nw is lifted without a copy only when no other table names the location. */
    default boolean liftsOnlyWhenUnshared(boolean shared) {
        return !shared;
    }

    /** The table is copied only when every agent has answered: then no write to the original is in flight (P15.5). */
    default boolean copiesOnlyWhenAllAnswered(Clone clone) {
        return clone.awaits().isEmpty();
    }
}
