package dev.faultline.conformance.pictures;

import dev.faultline.core.Content;
import dev.faultline.core.Entry;
import dev.faultline.core.Message;
import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.CloseDisk;
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
import dev.faultline.core.SegmentRange;
import java.util.stream.Collectors;

/** Messages, entries and contents in a few words, for pictures. */
final class Words {
    private static final int DIGITS_SHOWN = 8;
    private static final long LOW_HALF = 0xffff_ffffL;

    /** More than any simulation has. */
    private static final long HOSTS = 0x1_0000;

    private Words() {}

    /** Returns the host and the count of which the simulator makes a content, or the first half of a hash. */
    static String words(Content content) {
        long high = content.hash() >>> Integer.SIZE;
        String low = Long.toHexString(content.hash() & LOW_HALF);
        if (high == 0) {
            return low;
        }
        return high < HOSTS
                ? Long.toHexString(high) + "·" + low
                : content.toString().substring(0, DIGITS_SHOWN) + "…";
    }

    private static String words(SegmentRange range) {
        String last = range.count() == 1 ? "" : ".." + (range.first() + range.count() - 1);
        return range.disk() + "[" + range.first() + last + "]";
    }

    static String words(Entry entry) {
        return "@" + entry.location() + " "
                + entry.states().stream().map(Object::toString).sorted().collect(Collectors.joining(" ", "{", "}"))
                + " v" + entry.version();
    }

    private static String words(OfOpening message) {
        String of = " " + message.disk() + " #" + message.number();
        if (message instanceof OpenDisk) {
            return "open" + of;
        } else if (message instanceof CloseDisk) {
            return "close" + of;
        } else if (message instanceof Opened opened) {
            return "opened" + of
                    + opened.versions().stream().limit(1).map(v -> ", v" + v).collect(Collectors.joining())
                    + (opened.versions().size() > 1 ? " …" : "");
        }
        return "closed" + of;
    }

    static String words(Message message) {
        if (message instanceof MappingFault fault) {
            return "fault: " + fault.kind() + " " + fault.disk() + "[" + fault.segment() + "]";
        } else if (message instanceof Answer answer) {
            return "answer to " + words(answer.command())
                    + answer.entries().stream()
                            .limit(1)
                            .map(e -> "; " + words(e))
                            .collect(Collectors.joining());
        }
        if (message instanceof OfOpening opening) {
            return words(opening);
        } else if (message instanceof Full full) {
            return "full: " + full.disk() + "[" + full.segment() + "]";
        }
        Command command = (Command) message;
        String range = words(command.range());
        String blocking = command.blocking() ? ", blocking" : "";
        if (command instanceof SetEntry set) {
            String more = set.entries().size() == 1 ? "" : " …";
            return "set_entry " + range + " = " + words(set.entries().get(0)) + more + blocking;
        } else if (command instanceof SetEntryState set) {
            return "set_entry_state " + range + " " + set.state() + (set.on() ? " on" : " off") + " v" + set.version()
                    + blocking;
        } else if (command instanceof QuiesceDisk quiesce) {
            return "quiesce " + range + " v" + quiesce.version();
        } else if (command instanceof ActivateDisk activate) {
            return "activate " + range + " v" + activate.version();
        }
        return "get_entry " + range + (command instanceof GetEntry ? blocking : "");
    }

    static String at(String disk, int segment, int block) {
        return disk + "[" + segment + "." + block + "]";
    }
}
