package dev.faultline.trace;

import dev.faultline.core.Content;
import dev.faultline.core.Durability;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import java.util.HashSet;
import java.util.List;

/**
 * The first line of a trace: the system that it is from.
 *
 * @param faultline the version of the format, {@link #VERSION}
 * @param agents the names of the agents that run in the beginning
 * @param disks the disks that exist in the beginning; disk {@code i} has its segments at the locations from {@code i *
 *     segments} on
 * @param segments how many segments every disk has, at least 1
 * @param blocks how many blocks every segment has, at least 1
 * @param zero what every block holds in the beginning
 * @param mapping which agents map a disk
 * @param capacity how many locations storage has, from 0 on, at least those that the disks have; 0 if there is no bound
 * @param durability when what is written to storage is durable
 * @param places the places of which the trace has events, or would have if anything happened there, as far as they were
 *     known in the beginning; a folder has a file of each. None if the writer does not say
 */
public record TraceHeader(
        int faultline,
        List<String> agents,
        List<String> disks,
        int segments,
        int blocks,
        Content zero,
        Mapping mapping,
        int capacity,
        Durability durability,
        List<String> places) {
    /** The version of the format that this code writes. */
    public static final int VERSION = 11;

    /** The version whose storage loses nothing, which is read as well. */
    static final int WITHOUT_DURABILITY = 10;

    /**
     * The version without empty segments and without a capacity, which is read as well. Version 9, which lived for a day, is not:
     * an agent that was given up returned zeros there, which the protocol does not allow any more.
     */
    static final int WITHOUT_EMPTY = 8;

    /** The version in which all agents map all disks, too, which is read as well. */
    static final int WITHOUT_MAPPING = 7;

    /** The version without quiet times either, which is read as well. */
    static final int WITHOUT_QUIET = 6;

    /** The version without places either, which is read as well. */
    static final int WITHOUT_PLACES = 5;

    private static final int MOST_NAMES = 1000;
    private static final int MOST_BLOCKS = 4096;

    /** Copies the lists; {@link IllegalArgumentException} for what cannot be. */
    public TraceHeader {
        agents = List.copyOf(agents);
        disks = List.copyOf(disks);
        places = List.copyOf(places);
        if (faultline != VERSION) {
            throw unreadable(faultline);
        }
        if (agents.isEmpty() || disks.isEmpty() || segments < 1 || blocks < 1) {
            throw new IllegalArgumentException("a system needs an agent, a disk, a segment and a block");
        }
        if (capacity != MappingTables.UNBOUNDED && capacity < (long) disks.size() * segments) {
            throw new IllegalArgumentException("the disks have " + (long) disks.size() * segments
                    + " locations in the beginning, but storage has only " + capacity);
        }
        if (new HashSet<>(agents).size() < agents.size() || new HashSet<>(disks).size() < disks.size()) {
            throw new IllegalArgumentException("no two agents and no two disks have the same name");
        }
        if (agents.contains(Emitter.CONTROLLER_PLACE)) {
            throw new IllegalArgumentException("no agent can be called " + Emitter.CONTROLLER_PLACE);
        }
        if (new HashSet<>(places).size() < places.size()) {
            throw new IllegalArgumentException("no two places have the same name");
        }
        if (agents.size() > MOST_NAMES || disks.size() > MOST_NAMES || blocks > MOST_BLOCKS) {
            throw new IllegalArgumentException("at most " + MOST_NAMES + " agents, " + MOST_NAMES + " disks and "
                    + MOST_BLOCKS + " blocks in a segment can be checked");
        }
        agents.forEach(TraceName::expectAscii);
        disks.forEach(TraceName::expectAscii);
    }

    /**
     * Makes a header of a system in which all agents map all disks, and storage has no bound; it does not say which places
     * there are.
     */
    public TraceHeader(int faultline, List<String> agents, List<String> disks, int segments, int blocks, Content zero) {
        this(
                faultline,
                agents,
                disks,
                segments,
                blocks,
                zero,
                Mapping.ALL,
                MappingTables.UNBOUNDED,
                Durability.AT_ONCE,
                List.of());
    }

    /** Returns the same header with other places. */
    public TraceHeader withPlaces(List<String> newPlaces) {
        return new TraceHeader(
                faultline, agents, disks, segments, blocks, zero, mapping, capacity, durability, newPlaces);
    }

    /** Returns the same header of a system in which other agents map a disk. */
    public TraceHeader withMapping(Mapping other) {
        return new TraceHeader(faultline, agents, disks, segments, blocks, zero, other, capacity, durability, places);
    }

    /** Returns the same header of a system whose storage has so many locations; 0 if there is no bound. */
    public TraceHeader withCapacity(int other) {
        return new TraceHeader(faultline, agents, disks, segments, blocks, zero, mapping, other, durability, places);
    }

    /** Returns the same header of a system whose storage is durable at another time. */
    public TraceHeader withDurability(Durability other) {
        return new TraceHeader(faultline, agents, disks, segments, blocks, zero, mapping, capacity, other, places);
    }

    /** Returns why a version is not read. */
    static IllegalArgumentException unreadable(Object version) {
        boolean newer = version instanceof Integer number && number > VERSION;
        return new IllegalArgumentException("version " + version + " of the trace format"
                + (newer ? " is newer than this program" : "") + ", but only versions " + WITHOUT_PLACES + ", "
                + WITHOUT_QUIET + ", " + WITHOUT_MAPPING + ", " + WITHOUT_EMPTY + ", " + WITHOUT_DURABILITY
                + " and " + VERSION
                + " can be read");
    }
}
