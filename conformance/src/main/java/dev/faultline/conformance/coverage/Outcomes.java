package dev.faultline.conformance.coverage;

import dev.faultline.core.AgentCore;
import dev.faultline.core.Event;
import dev.faultline.core.Io;
import dev.faultline.core.Kind;
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
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.sim.World;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts steps by action and outcome: what kind of I/O, message or request it was that the action was taken for. For one
 * thread at a time.
 */
public final class Outcomes {
    /** By action and outcome; the outcome is empty where there are none to tell apart. */
    private final Map<String, Map<String, Count>> counts = new HashMap<>();

    private final Map<String, Kind> kinds = new HashMap<>();

    /** How often something was met. */
    private static final class Count {
        private long times;
    }

    /** Returns how often each action had each outcome; the keys are such as {@code Start read}. */
    public Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((action, outcomes) -> outcomes.forEach(
                (outcome, count) -> all.put(outcome.isEmpty() ? action : action + " " + outcome, count.times)));
        return Collections.unmodifiableMap(all);
    }

    /** Adds what another has counted. */
    public void add(Outcomes other) {
        other.counts.forEach((action, outcomes) ->
                outcomes.forEach((outcome, count) -> countOf(action, outcome).times += count.times));
    }

    private Count countOf(String action, String outcome) {
        return counts.computeIfAbsent(action, a -> new HashMap<>()).computeIfAbsent(outcome, o -> new Count());
    }

    /** Counts a step of a trace whose steps are all counted, in order. */
    public void note(Event event) {
        if (event instanceof Event.Read read) {
            kinds.put(read.host(), Kind.READ);
        } else if (event instanceof Event.Write write) {
            kinds.put(write.host(), Kind.WRITE);
        } else if (event instanceof Event.Flush flush) {
            kinds.put(flush.host(), Kind.FLUSH);
        }
        String host = hostOf(event);
        count(event, host == null ? null : kinds.get(host));
    }

    /** Counts a step that was taken in a world. */
    public void note(Event event, World before) {
        String host = hostOf(event);
        count(event, host == null ? null : kind(host, before));
        Situations.of(event, before).forEach(situation -> countOf(event.action(), situation).times++);
    }

    private static @Nullable Kind kind(String host, World before) {
        World.@Nullable Call call = before.calls().get(host);
        if (call == null) {
            return null;
        }
        AgentCore agent = before.agents().get(call.agent());
        Io io = agent == null ? null : agent.ios().get(host);
        return io == null ? Objects.requireNonNull(before.orphans().get(host)).kind() : io.kind();
    }

    private void count(Event event, @Nullable Kind kind) {
        countOf(event.action(), kind == null ? outcome(event) : kind.toString()).times++;
    }

    /** Returns the host whose I/O goes on with the event, if one does. */
    static @Nullable String hostOf(Event event) {
        return event instanceof Event.OfHost io && !(event instanceof Event.Submitting) ? io.host() : null;
    }

    private static String outcome(Event event) {
        if (event instanceof Event.Carrying carrying && !isAlwaysOfOneKind(event)) {
            return label(carrying.message());
        } else if (event instanceof Event.ReceiveFault received) {
            return received.fault().kind().toString();
        } else if (event instanceof Event.Refresh refresh) {
            return refresh.fault().kind().toString();
        } else if (event instanceof Event.AskSnapshot ask) {
            return label(ask.cut().needsBarrier());
        } else if (event instanceof Event.Freeze freeze) {
            return label(freeze.cut().needsBarrier());
        } else if (event instanceof Event.CopyTable copy) {
            return label(copy.cut().needsBarrier());
        } else if (event instanceof Event.AnswerSnapshot answer) {
            return label(answer.cut().needsBarrier());
        } else if (event instanceof Event.FlushDisks flush) {
            return label(flush.cut().needsBarrier());
        } else if (event instanceof Event.LosePower loss) {
            return loss.fallen().isEmpty() ? "with nothing lost" : "with old contents";
        }
        return "";
    }

    private static boolean isAlwaysOfOneKind(Event event) {
        return event instanceof Event.ReceiveOpen
                || event instanceof Event.ReceiveOpened
                || event instanceof Event.ReceiveClose
                || event instanceof Event.ReceiveClosed
                || event instanceof Event.ReceiveFull;
    }

    private static String label(boolean barrier) {
        return barrier ? "of several disks" : "of one disk";
    }

    private static String labelOfOpening(Message message) {
        if (message instanceof OpenDisk) {
            return "open";
        } else if (message instanceof CloseDisk) {
            return "close";
        }
        return message instanceof Opened ? "opened" : "closed";
    }

    private static String label(Message message) {
        if (message instanceof MappingFault) {
            return "fault";
        } else if (message instanceof Answer answer) {
            return "answer to " + label(answer.command());
        } else if (message instanceof OfOpening) {
            return labelOfOpening(message);
        } else if (message instanceof Full) {
            return "full";
        } else if (message instanceof SetEntryState set) {
            return "set_entry_state " + set.state();
        } else if (message instanceof QuiesceDisk) {
            return "quiesce";
        } else if (message instanceof ActivateDisk) {
            return "activate";
        } else if (message instanceof GetEntry) {
            return "get_entry";
        }
        return ((Command) message).blocking() ? "set_entry blocking" : "set_entry";
    }
}
