package dev.faultline.conformance;

import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceHeader;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The steps of slices, remembered: each question is put to the spec once. States and questions are under tokens, so that
 * slices which differ in names only share the answers. In bounded memory: when there are too many answers, all are
 * forgotten. For the thread of the spec; for any number of traces of systems that share the spec.
 */
final class Transitions {
    private static final int MOST_REMEMBERED = 200_000;

    private final LoadedSpec spec;
    private final Shapes shapes;
    private final NamedValues parts;
    private final Steps steps;
    private final Plain plain;
    private final int blocks;
    private final int mostRemembered;
    private final Map<Question, Outcome> answers = new HashMap<>();
    private final Map<Set<SpecState>, Believed> believed = new HashMap<>();
    private long asked;

    /** States that are believed together. There is one object for equal sets, unless it was forgotten. */
    static final class Believed {
        private final Set<SpecState> states;

        private Believed(Set<SpecState> states) {
            this.states = states;
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
    record Outcome(@Nullable Believed after, Renaming renaming) {}

    Transitions(LoadedSpec spec, TraceHeader header) {
        this(spec, header, MOST_REMEMBERED);
    }

    /** Makes a table that never holds more answers than that. */
    Transitions(LoadedSpec spec, TraceHeader header, int mostRemembered) {
        this.spec = spec;
        this.mostRemembered = mostRemembered;
        shapes = new Shapes(header);
        parts = new NamedValues(spec, shapes);
        steps = new Steps(spec);
        plain = new Plain(spec);
        blocks = header.blocks();
    }

    /** Returns how many different sets of believed states are remembered. */
    int distinct() {
        return believed.size();
    }

    LoadedSpec spec() {
        return spec;
    }

    /** Returns how many questions were put to the spec so far. */
    long asked() {
        return asked;
    }

    /**
     * Returns what is believed in the beginning.
     *
     * @param names those of the initial state
     */
    Outcome first(KnownNames names) {
        List<SpecState> initial = spec.initialStates().stream()
                .map(state -> shapes.rename(spec, state, names::tokenOf))
                .toList();
        return remembered(initial, names::count);
    }

    /**
     * Returns what comes of a step.
     *
     * @param names what the slice knows
     * @param arguments the action's, under tokens
     */
    Outcome step(Believed before, KnownNames names, SpecAction action, List<Object> arguments) {
        Question question = new Question(before, action, arguments);
        Outcome answer = answers.get(question);
        if (answer == null) {
            if (answers.size() >= mostRemembered) {
                answers.clear();
                believed.clear();
            }
            answer = ask(question, names::count);
            answers.put(question, answer);
        }
        return answer;
    }

    private Outcome ask(Question question, ToIntFunction<NameKind> known) {
        asked++;
        try {
            return remembered(
                    steps.after(question.before().states, question.action(), values(question.arguments())), known);
        } catch (SpecEvaluationException e) {
            return remembered(List.of(), known); // asked again, and then told, under the right names
        }
    }

    private Outcome remembered(Collection<SpecState> after, ToIntFunction<NameKind> known) {
        NormalForm normal = new NormalForm(spec, parts, blocks, after, known);
        if (after.isEmpty()) {
            return new Outcome(null, normal.renaming());
        }
        return new Outcome(believed.computeIfAbsent(normal.states(), Believed::new), normal.renaming());
    }

    /**
     * Returns why a step is denied, in the words of the trace.
     *
     * @param names what the slice knows
     * @param arguments the action's, under their own names
     */
    Denial deny(Believed before, KnownNames names, SpecAction action, List<Object> arguments) {
        List<SpecState> states = before.states.stream()
                .map(state -> shapes.rename(spec, state, names::nameOf))
                .toList();
        return steps.deny(states, action, values(arguments));
    }

    private SpecValue[] values(List<Object> arguments) {
        return plain.values(arguments);
    }
}
