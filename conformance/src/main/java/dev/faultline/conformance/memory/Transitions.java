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
import dev.faultline.trace.TraceHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
    private static final int MOST_KEPT = 60_000;
    private static final int LEAST_WORTH_KEEPING = 16;
    private static final int PART_WORTH_KEEPING = 50;
    private static final int ASKED_AGAIN = 8;
    private static final NameKind[] EXCHANGED = {NameKind.AGENT, NameKind.HOST, NameKind.BLOCK};

    private final LoadedSpec spec;
    private final Shapes shapes;
    private final Beliefs beliefs;
    private final Steps steps;
    private final Plain plain;
    private final int mostRemembered;
    private final Map<Question, Outcome> answers = new ConcurrentHashMap<>();
    private final Crowd crowd = new Crowd();
    private long asked;

    private record Question(Believed before, SpecAction action, List<Object> arguments) {}

    /**
     * What comes of a step.
     *
     * @param after what is believed then; null if the step is denied
     * @param renaming the tokens of the names then
     * @param isAsked whether the spec was asked this very question; else, it follows from another by an exchange of names
     */
    record Outcome(@Nullable Believed after, Renaming renaming, boolean isAsked) {
        /** Returns the same for who has not exchanged the names. */
        private Outcome after(Renaming exchange) {
            return new Outcome(after, exchange.then(renaming), false);
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
        beliefs = new Beliefs(spec, new NamedValues(spec, shapes), header.blocks());
        steps = new Steps(spec);
        plain = new Plain(spec);
    }

    /** Returns how many different sets of believed states are remembered. */
    public int distinct() {
        synchronized (spec) {
            return beliefs.count();
        }
    }

    Crowd crowd() {
        return crowd;
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
            return outcome(initial, names::count);
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
            open(before);
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
                asked++;
                answer = ask(question, names::count);
            } else {
                // The same is believed under these names, and the question may have been put under them before.
                KnownNames alike = names.exchanged(exchange);
                answer = step(before, alike, claim, tokens.under(alike), kind).after(exchange);
            }
            makeRoom(1);
            answers.put(question, answer);
        }
        return answer;
    }

    private void makeRoom(int more) {
        if (answers.size() + more > mostRemembered) {
            answers.clear();
            beliefs.forget();
        }
    }

    /** Returns an exchange of names that changes nothing, and gives the one of this kind in the event a lower token. */
    private Renaming exchange(Believed before, KnownNames names, Tokens event, NameKind kind) {
        int number = event.used(kind);
        return number < 0
                ? Renaming.NONE
                : beliefs.symmetries(before)
                        .flatMap(symmetries -> symmetries.lower(names, kind, number))
                        .orElse(Renaming.NONE);
    }

    private Outcome ask(Question question, ToIntFunction<NameKind> names) {
        return outcome(
                steps.after(beliefs.states(question.before()), question.action(), plain.values(question.arguments())),
                names);
    }

    private Outcome outcome(Collection<SpecState> after, ToIntFunction<NameKind> names) {
        NormalForm normal = beliefs.normal(after, names);
        return new Outcome(after.isEmpty() ? null : beliefs.of(normal), normal.renaming(), true);
    }

    /**
     * Returns why a step is denied, in the words of the trace.
     *
     * @param names what the slice knows
     * @param arguments the action's, under their own names
     */
    Denial deny(Believed before, KnownNames names, SpecAction action, List<Object> arguments) {
        synchronized (spec) {
            return steps.deny(named(before, names), action, plain.values(arguments));
        }
    }

    /** Returns a slice that believes the same, and asks the spec about each step from then on. */
    Slice asking(Believed before, KnownNames names) {
        synchronized (spec) {
            return new AskingSlice(plain, steps, named(before, names));
        }
    }

    private List<SpecState> named(Believed before, KnownNames names) {
        return beliefs.states(before).stream()
                .map(state -> shapes.rename(spec, state, names::nameOf))
                .toList();
    }

    // ---- Between runs

    /**
     * Begins with what was kept of an earlier run, unless it is not of that form, or the spec says otherwise in one of some
     * cases that it is asked again. To be called before anything else.
     *
     * @param bytes what {@link #toKeep} has returned, for the same spec
     * @return whether it is used
     */
    public boolean begin(ByteBuffer bytes) {
        synchronized (spec) {
            beliefs.begin(KeptSteps.of(spec, bytes).orElse(null));
            boolean right = false;
            try {
                right = beliefs.kept() != null && agreesWithSpec(beliefs.kept());
            } catch (RuntimeException e) {
                // Values that there are not, or a step without a meaning: it is as wrong as another.
            }
            if (!right) {
                beliefs.begin(null);
            }
            return right;
        }
    }

    private boolean agreesWithSpec(KeptSteps kept) {
        Random random = new Random();
        for (int i = 0; i < ASKED_AGAIN && kept.count() > 0; i++) {
            Believed before = beliefs.ofNode(random.nextInt(kept.count()));
            List<KeptSteps.Edge> edges = kept.edges(before.node).stream()
                    .filter(KeptSteps.Edge::isAsked)
                    .toList();
            if (!edges.isEmpty()) {
                KeptSteps.Edge edge = edges.get(random.nextInt(edges.size()));
                Question question = new Question(before, spec.action(edge.action()), edge.arguments());
                Outcome outcome = ask(question, beliefs.countsIn(beliefs.states(before)));
                if (outcome.after() != beliefs.ofNode(edge.after())
                        || !outcome.renaming().equals(edge.renaming())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Puts the steps that were kept from there among the answers. */
    private void open(Believed before) {
        KeptSteps kept = beliefs.kept();
        if (!before.isOpen && kept != null) {
            List<KeptSteps.Edge> edges = kept.edges(before.node);
            makeRoom(edges.size());
            edges.forEach(edge -> answers.putIfAbsent(
                    new Question(before, spec.action(edge.action()), edge.arguments()),
                    new Outcome(beliefs.ofNode(edge.after()), edge.renaming(), edge.isAsked())));
            before.isOpen = true;
        }
    }

    /** Returns what is worth keeping for another run, with what was kept before; empty if there is little new. */
    public Optional<ByteBuffer> toKeep() {
        synchronized (spec) {
            KeptSteps kept = beliefs.kept();
            int before = kept == null ? 0 : kept.askedEdges();
            if (asked < LEAST_WORTH_KEEPING || asked < before / PART_WORTH_KEEPING) {
                return Optional.empty();
            }
            for (int node = 0; kept != null && node < kept.count() && answers.size() < MOST_KEPT; node++) {
                open(beliefs.ofNode(node));
            }
            return Optional.of(bytesOf(answers));
        }
    }

    private ByteBuffer bytesOf(Map<Question, Outcome> all) {
        Map<Believed, List<KeptSteps.Edge>> edges = new LinkedHashMap<>();
        Map<Believed, Integer> numbers = new LinkedHashMap<>();
        int written = 0;
        for (Map.Entry<Question, Outcome> each : all.entrySet()) {
            Question question = each.getKey();
            Outcome outcome = each.getValue();
            Believed after = outcome.after();
            if (after != null && written++ < MOST_KEPT) {
                for (Believed end : List.of(question.before(), after)) {
                    numbers.putIfAbsent(end, numbers.size());
                    edges.computeIfAbsent(end, e -> new ArrayList<>());
                }
                edges.getOrDefault(question.before(), new ArrayList<>())
                        .add(new KeptSteps.Edge(
                                question.action().name(),
                                question.arguments(),
                                numbers.getOrDefault(after, -1),
                                outcome.renaming(),
                                outcome.isAsked()));
            }
        }
        StepWriter writer = new StepWriter(spec.variables());
        edges.forEach((believed, from) -> writer.node(beliefs.hash(believed), beliefs.write(believed, writer), from));
        return writer.toBytes();
    }
}
