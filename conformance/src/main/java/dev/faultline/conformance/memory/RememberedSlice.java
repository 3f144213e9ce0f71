package dev.faultline.conformance.memory;

import dev.faultline.conformance.memory.Transitions.Outcome;
import dev.faultline.conformance.names.KnownNames;
import dev.faultline.conformance.names.Naming;
import dev.faultline.conformance.names.Tokens;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.slices.Slice;
import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.trace.TraceHeader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A slice that knows its states with tokens in them, and the names that the tokens stand for.
 *
 * <p>A call of a host is put off until the next step that may depend on it: of the same host, or one that is not known to
 * have nothing to do with it. In the mean time the state is that of fewer I/Os, which has more often been met before.
 *
 * <p>Where hosts crowd on a segment hardly a state comes twice, and a new one costs more with tokens than without. A slice
 * that has seen enough of that asks the spec about every step from then on; and where most slices have, so do new ones, but
 * for some that try again.
 */
public final class RememberedSlice implements Slice {
    /** The actions that begin an I/O. */
    static final Set<String> CALLS = Set.of("Read", "Write");

    /** The actions of an I/O, whose first argument is the host. */
    static final Set<String> OF_HOST = Set.of("Read", "Write", "Start", "Retry", "Fault", "Complete", "Fail");

    /** Other actions for which it makes no difference whether they come before or after the beginning of an I/O. */
    static final Set<String> APART = Set.of(
            "ApplyCommand",
            "AnswerCommand",
            "ReceiveFault",
            "ReceiveAnswer",
            "Refresh",
            "BeginCopy",
            "CopyBlock",
            "Switch",
            "LiftAfterCopy",
            "LiftUnshared",
            "FinishJob",
            "BeginFill",
            "RefuseWrite",
            "ReceiveFull",
            "Offer",
            "Hold",
            "CheckBlock",
            "Vacate",
            "Release");

    private static final int STEPS_OF_A_TRIAL = 512;
    private static final int STEPS_OF_A_REPORT = 64;

    private final Transitions transitions;
    private @Nullable Slice asking;
    private long steps;
    private long news;
    private long reported;
    private Believed believed;
    private KnownNames names;

    /** The calls that were put off, by host. */
    private final Map<Object, Call> later = new LinkedHashMap<>();

    /** A call, and the names in it. */
    private record Call(Claim claim, Naming naming) {}

    private RememberedSlice(Transitions transitions, Believed believed, KnownNames names) {
        this.transitions = transitions;
        this.believed = believed;
        this.names = names;
    }

    /** Returns a slice of which there is no event yet. */
    public static Slice first(Transitions transitions, TraceHeader header) {
        KnownNames names = KnownNames.first(header);
        Outcome first = transitions.first(names);
        return new RememberedSlice(
                transitions,
                Objects.requireNonNull(first.after()),
                names.after(first.renaming(), new Tokens(header, 0, names)));
    }

    @Override
    public Slice fork() {
        RememberedSlice fork = new RememberedSlice(transitions, believed, names);
        fork.later.putAll(later);
        if (asking != null) {
            fork.asking = asking.fork();
        } else if (steps == 0 && later.isEmpty() && transitions.crowd().isToBeAsked()) {
            fork.asking = transitions.asking(believed, names);
        }
        return fork;
    }

    @Override
    public int size() {
        return asking == null ? believed.size() : asking.size();
    }

    @Override
    public Set<SpecState> believed() {
        catchUp();
        return (asking == null ? transitions.asking(believed, names) : asking).believed();
    }

    @Override
    public Optional<Denial> step(Claim claim, Naming naming) {
        if (asking != null) {
            return asking.step(claim, naming);
        }
        Optional<Denial> denial = remembered(claim, naming);
        if (++steps % STEPS_OF_A_REPORT == 0) {
            transitions.crowd().report(STEPS_OF_A_REPORT, news - reported);
            reported = news;
        }
        if (steps == STEPS_OF_A_TRIAL) {
            if (news > STEPS_OF_A_TRIAL / 2) {
                catchUp();
                asking = transitions.asking(believed, names);
            }
            steps = 0;
            news = 0;
            reported = 0;
        }
        return denial;
    }

    private Optional<Denial> remembered(Claim claim, Naming naming) {
        String action = claim.action().name();
        if (OF_HOST.contains(action)) {
            Object host = claim.arguments().apply(naming).get(0);
            Call call = later.remove(host);
            if (call != null) {
                take(call.claim, call.naming);
            } else if (CALLS.contains(action)
                    && transitions
                                    .step(believed, names, claim, naming.tokens(names), this::noteNew)
                                    .after()
                            != null) {
                later.put(host, new Call(claim, naming));
                return Optional.empty();
            }
        } else if (!APART.contains(action)) {
            catchUp();
        }
        if (take(claim, naming)) {
            return Optional.empty();
        }
        catchUp();
        return take(claim, naming)
                ? Optional.empty()
                : Optional.of(transitions.deny(
                        believed, names, claim.action(), claim.arguments().apply(naming)));
    }

    private void noteNew() {
        news++;
    }

    private void catchUp() {
        later.values().forEach(call -> take(call.claim, call.naming));
        later.clear();
    }

    /** Takes a step if a believed state allows it. */
    private boolean take(Claim claim, Naming naming) {
        Tokens tokens = naming.tokens(names);
        Outcome outcome = transitions.step(believed, names, claim, tokens, this::noteNew);
        @Nullable Believed after = outcome.after();
        if (after != null) {
            believed = after;
            names = names.after(outcome.renaming(), tokens);
        }
        return after != null;
    }
}
