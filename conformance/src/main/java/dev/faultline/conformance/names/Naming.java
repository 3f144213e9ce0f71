package dev.faultline.conformance.names;

import dev.faultline.core.Content;
import dev.faultline.core.Entry;
import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Closed;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OfOpening;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.core.OldBlock;
import dev.faultline.core.SegmentRange;
import dev.faultline.trace.TraceHeader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the names in an event are called in the slice of a segment. Here, they are called what they are; see
 * {@link Tokens} for the other way. What concerns other segments is left out, and the segment is called 0.
 *
 * <p>A location that a disk had for this segment in the beginning is called by the number of the disk, any other by its
 * own number plus the number of disks. So every segment begins in the same state, whatever its number.
 *
 * <p>Versions are those of the code: they grow in every segment, and the spec asks for no more.
 */
public class Naming {
    private final TraceHeader header;
    private final int segment;

    public Naming(TraceHeader header, int segment) {
        this.header = header;
        this.segment = segment;
    }

    /** A content at a block: the same content at another block has another name, for contents are never moved there. */
    record ContentAt(int block, Content content) {
        @Override
        public String toString() {
            return content.toString();
        }
    }

    /** Returns what a name is called: a text or an {@link Integer}, as {@link NameKind} says. */
    Object call(NameKind kind, Object name) {
        return kind == NameKind.CONTENT ? name.toString() : name;
    }

    /** Returns the naming of the same segment that calls names by tokens. */
    public final Tokens tokens(KnownNames known) {
        return new Tokens(header, segment, known);
    }

    public final String agent(String name) {
        return (String) call(NameKind.AGENT, name);
    }

    public final String host(String name) {
        return (String) call(NameKind.HOST, name);
    }

    /** A block that there is not keeps its number: those that there are must stay among themselves. */
    public final int block(int block) {
        return block < 0 || block >= header.blocks() ? block : (Integer) call(NameKind.BLOCK, block);
    }

    public final String content(int block, Content content) {
        return content.equals(header.zero())
                ? content.toString()
                : (String) call(NameKind.CONTENT, new ContentAt(block, content));
    }

    public final int location(long location) {
        int firstDisks = header.disks().size();
        if (location < 0) {
            return Math.toIntExact(location);
        }
        boolean first = location < (long) firstDisks * header.segments() && location % header.segments() == segment;
        return (Integer) call(
                NameKind.LOCATION,
                first ? (int) (location / header.segments()) : Math.toIntExact(location + firstDisks));
    }

    /** Returns the location that is freed of this segment, if any. */
    public final Set<Integer> freed(List<Long> bySegment) {
        return freed((long) bySegment.get(segment));
    }

    /** Returns the location that is freed, if it is one. */
    public final Set<Integer> freed(long location) {
        return location == Entry.NO_LOCATION ? Set.of() : Set.of(location(location));
    }

    /** Returns the blocks of this segment that hold old contents again. */
    public final Set<List<Object>> fallen(Map<Integer, List<OldBlock>> bySegment) {
        return bySegment.getOrDefault(segment, List.of()).stream()
                .map(old -> List.<Object>of(
                        location(old.location()), block(old.block()), content(old.block(), old.content())))
                .collect(Collectors.toSet());
    }

    public final int version(long version) {
        int number = Math.toIntExact(version);
        return number <= 0 ? number : (Integer) call(NameKind.VERSION, number);
    }

    public final MappingFault fault(MappingFault fault) {
        return new MappingFault(agent(fault.agent()), fault.disk(), 0, fault.kind());
    }

    public final Full full(Full full) {
        return new Full(agent(full.to()), full.disk(), 0);
    }

    /** Returns the part of a command that concerns the segment. */
    public final Command command(Command command) {
        String to = agent(command.to());
        SegmentRange only = SegmentRange.of(command.range().disk(), 0);
        if (command instanceof SetEntryState set) {
            return new SetEntryState(to, only, set.state(), set.on(), version(set.version()), set.blocking());
        } else if (command instanceof QuiesceDisk quiesce) {
            return new QuiesceDisk(to, only, version(quiesce.version()), quiesce.blocking());
        } else if (command instanceof ActivateDisk activate) {
            return new ActivateDisk(to, only, version(activate.version()), activate.blocking());
        } else if (command instanceof GetEntry get) {
            return new GetEntry(to, only, get.blocking());
        }
        SetEntry set = (SetEntry) command;
        Entry mine = entry(set.entryOf(segment));
        // See SliceSpec: segment 1 stands for the others.
        return set.range().count() == 1
                ? new SetEntry(to, only, List.of(mine), set.blocking())
                : new SetEntry(to, new SegmentRange(only.disk(), 0, 2), List.of(mine, mine), set.blocking());
    }

    private Entry entry(Entry entry) {
        return new Entry(location(entry.location()), entry.states(), version(entry.version()));
    }

    /** Returns the part of what is said of an opening that concerns the segment. */
    public final OfOpening opening(OfOpening message) {
        if (message instanceof OpenDisk open) {
            return new OpenDisk(agent(open.agent()), open.disk(), open.number());
        } else if (message instanceof CloseDisk close) {
            return new CloseDisk(agent(close.agent()), close.disk(), close.number());
        } else if (message instanceof Opened opened) {
            return new Opened(agent(opened.to()), opened.disk(), opened.number(), List.of((long)
                    version(opened.versions().get(segment))));
        }
        Closed closed = (Closed) message;
        return new Closed(agent(closed.to()), closed.disk(), closed.number());
    }

    /** Returns the part of an answer that concerns the segment. */
    public final Answer answer(Answer answer) {
        Command command = answer.command();
        return new Answer(
                command(command),
                command instanceof GetEntry
                        ? List.of(entry(
                                answer.entries().get(segment - command.range().first())))
                        : List.of());
    }
}
