package dev.faultline.core;

import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.OpenDisk;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that the controller depends on, one method each, under the name of the spec's operator in
 * MappingController, MappingSnapshots, MappingOpening, MappingSpace and MappingFailures. They are methods of an interface
 * so that a mutant can take one away by overriding it; nothing else overrides them.
 */
public interface ControllerRules {
    /** The rules as they are. */
    ControllerRules ALL = new ControllerRules() {};

    /** What a table entry is changed to gets a version that no entry had before: returns one. */
    default long isNewVersion(MappingTables tables) {
        return tables.version() + 1;
    }

    /**
     * Commands about one entry go out one after the other, each when the one before is answered; a snapshot or a deletion
     * that was asked for goes before new jobs.
     */
    default boolean oneAtATime(boolean idle, boolean cloning, boolean leaving) {
        return idle && !cloning && !leaving;
    }

    /**
     * Data is copied only to a location that nothing names and no job fills: returns one, or {@link Entry#NO_LOCATION} if
     * there is none left.
     */
    default long unused(MappingTables tables) {
        return tables.unusedLocation();
    }

    /** A table names a copy only when every block of the segment is in it. */
    default boolean switchesOnlyWhenCopied(Job job, int blocksPerSegment) {
        return job.copied().size() == blocksPerSegment;
    }

    /** A table names a copy only when it is durable: what is copied may have been flushed long ago. */
    default boolean switchesOnlyWhenFlushed(Job job) {
        return job.step() == Job.Step.FLUSHED;
    }

    /**
     * Nw is on when a segment has another location: until every agent has left the old one, or knows that the segment is
     * empty no more, nobody writes to the new one. Returns the states that its entry has then.
     */
    default Set<EntryState> statesInCopy(Set<EntryState> states) {
        Set<EntryState> inCopy = EnumSet.of(EntryState.NO_WRITE);
        inCopy.addAll(states);
        inCopy.remove(EntryState.ZERO);
        return inCopy;
    }

    /** Writes are let through only when every agent that uses the table has left the old location (P18.1). */
    default boolean liftsOnlyWhenAllAnswered(Job job) {
        return job.awaits().isEmpty();
    }

    /** Nw is lifted without a copy only when no other table names the location. */
    default boolean liftsOnlyWhenUnshared(boolean shared) {
        return !shared;
    }

    /** No name is used twice: agents may still know a disk that is gone. */
    default boolean neverNamedBefore(String name, MappingTables tables) {
        return !tables.names().contains(name);
    }

    /** Snapshots begin when their disks are left alone by jobs, and by other snapshots that have begun. */
    default boolean beginsOnlyWhenFree(boolean busy, boolean cloning) {
        return !busy && !cloning;
    }

    /** A deletion begins when no job is under way on its disk. */
    default boolean deletesOnlyWhenFree(boolean busy) {
        return !busy;
    }

    /** Under a barrier, the disks are frozen only when every agent has come to a stand. */
    default boolean freezesOnlyWhenQuiet(Clone clone) {
        return clone.awaits().isEmpty();
    }

    /** The tables are copied only when every agent has answered: then no write to an original is in flight (P15.5). */
    default boolean copiesOnlyWhenAllAnswered(Clone clone) {
        return clone.awaits().isEmpty();
    }

    /** The tables are copied only when what the snapshots hold is durable: a snapshot has its contents for ever. */
    default boolean copiesOnlyWhenFlushed(Clone clone) {
        return clone.step() == Clone.Step.FLUSHED;
    }

    /** A disk is removed only when every agent has answered: no I/O is at its locations then. */
    default boolean removesOnlyWhenAllAnswered(Deletion deletion) {
        return deletion.awaits().isEmpty();
    }

    /**
     * A disk is removed only when nothing is copied from its locations: the disk that is leaving a location may have
     * reads in flight there, though no table may name it any more.
     *
     * @param jobs the jobs by segment
     */
    default boolean removesOnlyWhenNotCopied(String disk, MappingTables tables, Map<Integer, Job> jobs) {
        return jobs.entrySet().stream()
                .noneMatch(job -> job.getValue().from() != Entry.NO_LOCATION
                        && job.getValue().from()
                                == tables.entry(disk, job.getKey()).location());
    }

    /**
     * After a crash the controller serves only when every agent has answered: an agent may still use a location that its
     * table had before the crash.
     */
    default boolean servesOnlyWhenAllAnswered(Recovery recovery) {
        return recovery.awaits().isEmpty();
    }

    /**
     * An opening that comes late does not take the place of a newer one.
     *
     * @param known the number of the opening that the controller knows; null if it knows none
     */
    default boolean registersOnlyNewer(OpenDisk opening, @Nullable Long known) {
        return known == null || opening.number() >= known;
    }

    /**
     * The answer to an opening brings the versions of the entries as they are in the table, and not the version of what was
     * changed last: what the controller sends of an entry then must not look old.
     */
    default List<Long> versionsAtOpening(String disk, MappingTables tables) {
        return tables.entries(disk).stream().map(Entry::version).toList();
    }

    /** What ends is the opening that the agent has closed, and no later one. */
    default boolean closesOnlyThatOpening(CloseDisk closing, long known) {
        return closing.number() == known;
    }

    /**
     * Who has a disk open is kept through a crash of the controller: a recovery tells those agents, and awaits their
     * answers. Returns what is left of it.
     */
    default Map<Opener, Long> openingsAfterCrash(Map<Opener, Long> openings) {
        return openings;
    }

    /**
     * The controller looks at a segment only when every agent has answered: a write may be on its way to storage before.
     */
    default boolean looksOnlyWhenAllAnswered(Job job) {
        return job.awaits().isEmpty();
    }

    /**
     * The controller looks only at what is durable: zeros that are lost with power would be made out of data that came back.
     */
    default boolean looksOnlyWhenFlushed(Job job) {
        return job.step() == Job.Step.LOOKING;
    }

    /** What was copied before power was lost is copied again, unless it was flushed: returns the blocks that need not be. */
    default Set<Integer> stillCopied(Job job) {
        return job.step() == Job.Step.COPYING ? Set.of() : job.copied();
    }

    /** A segment becomes empty only when the controller has seen that all of it is zeros. */
    default boolean emptiesOnlyZeros(Job job, int blocksPerSegment) {
        return job.copied().size() == blocksPerSegment;
    }

    /**
     * A write is refused only when there is no location left.
     *
     * @param unused one that is left, or {@link Entry#NO_LOCATION}
     */
    default boolean refusesOnlyWhenFull(long unused) {
        return unused == Entry.NO_LOCATION;
    }

    /** The location of a segment that becomes empty is freed if no other disk uses it. */
    default boolean freesOnlyItsOwn(boolean shared) {
        return !shared;
    }

    /** A location is freed with the last disk that uses it. */
    default boolean freesOnlyUnshared(boolean shared) {
        return !shared;
    }
}
