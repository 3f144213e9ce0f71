package dev.faultline.conformance.memory;

import dev.faultline.conformance.names.KnownNames;
import dev.faultline.conformance.names.NameKind;
import dev.faultline.conformance.names.Renaming;
import dev.faultline.conformance.names.Tokens;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.projection.Plain;
import dev.faultline.conformance.slices.AskingSlice;
import dev.faultline.conformance.slices.Slice;
import dev.faultline.conformance.slices.Steps;
import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceHeader;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The steps of slices, remembered: each question is put to the spec once. States and questions are under tokens, so that
 * slices which differ in names only share the answers. In bounded memory: when there are too many answers, all are
 * forgotten. For any number of traces of systems that share the spec, and for any threads: they look answers up side by side,
 * and who has to ask the spec holds its monitor.
 */
public final class Transitions {
    private static final int MOST_REMEMBERED = 200_000;
    private static final NameKind[] EXCHANGED = {NameKind.AGENT, NameKind.HOST, NameKind.BLOCK};

    private final LoadedSpec spec;
    private final Shapes shapes;
    private final NamedValues parts;
    private final Steps steps;
    private final Plain plain;
    private final int blocks;
    private final int mostRemembered;
    private final Map<Question, Outcome> answers = new ConcurrentHashMap<>();
    private final Map<Set<SpecState>, Believed> believed = new HashMap<>();
    private long asked;

    /** States that are believed together. There is one object for equal sets, unless it was forgotten. */
    static final class Believed {
        private final Set<SpecState> states;
        private final @Nullable Symmetries symmetries;

        private Believed(Set<SpecState> states, @Nullable Symmetries symmetries) {
            this.states = states;
            this.symmetries = symmetries;
        }

        int size() {
            return states.size();
        }
    }

    private record Question(Believed before, SpecAction action, List<Object> arguments) {}

    /**
     * What comes of a step.
     *
     * @param after what is believed then; null if the step is denied
     * @param renaming the tokens of the names then
     */
    record Outcome(@Nullable Believed after, Renaming renaming) {
        /** Returns the same for who has not exchanged the names. */
        private Outcome after(Renaming exchange) {
            return new Outcome(after, exchange.then(renaming));
        }
    }

    public Transitions(LoadedSpec spec, TraceHeader header) {
        this(spec, header, MOST_REMEMBERED);
    }

    /** Makes a table that never holds more answers than that. */
    public Transitions(LoadedSpec spec, TraceHeader header, int mostRemembered) {
        this.spec = spec;
        this.mostRemembered = mostRemembered;
        shapes = new Shapes(header);
        parts = new NamedValues(spec, shapes);
        steps = new Steps(spec);
        plain = new Plain(spec);
        blocks = header.blocks();
    }

    /** Returns how many different sets of believed states are remembered. */
    public int distinct() {
        synchronized (spec) {
            return believed.size();
        }
    }

    public LoadedSpec spec() {
        return spec;
    }

    /** Returns how many questions were put to the spec so far. */
    public long asked() {
        synchronized (spec) {
            return asked;
        }
    }

    /**
     * Returns what is believed in the beginning.
     *
     * @param names those of the initial state
     */
    Outcome first(KnownNames names) {
        synchronized (spec) {
            List<SpecState> initial = spec.initialStates().stream()
                    .map(state -> shapes.rename(spec, state, names::tokenOf))
                    .toList();
            return remembered(initial, names::count);
        }
    }

    /**
     * Returns what comes of a step.
     *
     * @param names what the slice knows
     * @param tokens how the names in the event are called
     * @param asking is told if the spec had to be asked
     */
    Outcome step(Believed before, KnownNames names, Claim claim, Tokens tokens, Runnable asking) {
        Outcome known = answers.get(
                new Question(before, claim.action(), claim.arguments().apply(tokens)));
        if (known != null) {
            return known;
        }
        synchronized (spec) {
            long askedBefore = asked;
            Outcome outcome = step(before, names, claim, tokens, 0);
            if (asked > askedBefore) {
                asking.run();
            }
            return outcome;
        }
    }

    /** As above; only names of the kinds from the given one on may still be exchanged. */
    private Outcome step(Believed before, KnownNames names, Claim claim, Tokens tokens, int firstKind) {
        Question question =
                new Question(before, claim.action(), claim.arguments().apply(tokens));
        Outcome answer = answers.get(question);
        if (answer == null) {
            int kind = firstKind;
            Renaming exchange = Renaming.NONE;
            while (exchange.isNone() && kind < EXCHANGED.length) {
                exchange = exchange(before, names, tokens, EXCHANGED[kind++]);
            }
            if (exchange.isNone()) {
                answer = ask(question, names::count);
            } else {
                // The same is believed under these names, and the question may have been put under them before.
                KnownNames alike = names.exchanged(exchange);
                answer = step(before, alike, claim, tokens.under(alike), kind).after(exchange);
            }
            remember(question, answer);
        }
        return answer;
    }

    private void remember(Question question, Outcome answer) {
        if (answers.size() >= mostRemembered) {
            answers.clear();
            believed.clear();
        }
        answers.put(question, answer);
    }

    /** Returns an exchange of names that changes nothing, and gives the one of this kind in the event a lower token. */
    private static Renaming exchange(Believed before, KnownNames names, Tokens event, NameKind kind) {
        int number = event.used(kind);
        return before.symmetries == null || number < 0
                ? Renaming.NONE
                : before.symmetries.lower(names, kind, number).orElse(Renaming.NONE);
    }

    private Outcome ask(Question question, ToIntFunction<NameKind> known) {
        asked++;
        return remembered(
                steps.after(question.before().states, question.action(), values(question.arguments())), known);
    }

    private Outcome remembered(Collection<SpecState> after, ToIntFunction<NameKind> known) {
        NormalForm normal = new NormalForm(spec, parts, blocks, after, known);
        if (after.isEmpty()) {
            return new Outcome(null, normal.renaming());
        }
        return new Outcome(
                believed.computeIfAbsent(normal.states(), states -> new Believed(states, symmetries(normal))),
                normal.renaming());
    }

    private @Nullable Symmetries symmetries(NormalForm normal) {
        return normal.states().size() == 1
                ? new Symmetries(parts, normal.states().iterator().next(), normal.firstAlike())
                : null;
    }

    /**
     * Returns why a step is denied, in the words of the trace.
     *
     * @param names what the slice knows
     * @param arguments the action's, under their own names
     */
    Denial deny(Believed before, KnownNames names, SpecAction action, List<Object> arguments) {
        synchronized (spec) {
            return steps.deny(named(before, names), action, values(arguments));
        }
    }

    /** Returns a slice that believes the same, and asks the spec about each step from then on. */
    Slice asking(Believed before, KnownNames names) {
        synchronized (spec) {
            return new AskingSlice(plain, steps, named(before, names));
        }
    }

    private List<SpecState> named(Believed before, KnownNames names) {
        return before.states.stream()
                .map(state -> shapes.rename(spec, state, names::nameOf))
                .toList();
    }

    private SpecValue[] values(List<Object> arguments) {
        return plain.values(arguments);
    }
}
