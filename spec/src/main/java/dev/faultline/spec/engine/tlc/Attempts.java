package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.Denial;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tla2sany.semantic.SemanticNode;
import tla2sany.st.Location;
import tlc2.tool.TLCState;
import tlc2.tool.impl.Tool;

/** The ways in which an action was tried in vain. */
final class Attempts {
    private static final int MOST_ATTEMPTS = 2_000;
    private static final int MOST_REFUSALS = 40;

    private final Tool tool;
    private final Sources sources;
    private final TLCState before;
    private final List<Attempt> attempts = new ArrayList<>();

    /** Where an attempt ended after so many conjuncts had held, with the next state as it was then. */
    private record Attempt(
            Goal goal, int held, TLCState after, @Nullable String error) {}

    Attempts(Tool tool, Sources sources, TLCState before) {
        this.tool = tool;
        this.sources = sources;
        this.before = before;
    }

    /** Returns false, so that callers can return it. */
    boolean end(Goal goal, int held, TLCState after, @Nullable String error) {
        if (attempts.size() < MOST_ATTEMPTS) {
            attempts.add(new Attempt(goal, held, after.copy(), error));
        }
        return false;
    }

    Denial denial(String call) {
        Attempt furthest = attempts.get(0);
        for (Attempt attempt : attempts) {
            furthest = attempt.held >= furthest.held ? attempt : furthest;
        }
        LinkedHashSet<Denial.Refusal> refusals = new LinkedHashSet<>();
        for (int i = 0; i < attempts.size() && refusals.size() < MOST_REFUSALS; i++) {
            refusals.add(refusal(attempts.get(i)));
        }
        Denial.Refusal nearest = refusal(furthest);
        refusals.add(nearest);
        List<Denial.Refusal> distinct = List.copyOf(refusals);
        return new Denial(call, distinct, distinct.indexOf(nearest));
    }

    private Denial.Refusal refusal(Attempt attempt) {
        Goal goal = attempt.goal;
        Mentions mentions = Mentions.of(goal, tool, sources, before, attempt.after);
        SemanticNode conjunct = goal.scope().conjunct();
        Location place = goal.node().getLocation();
        return new Denial.Refusal(
                conjunct == null ? goal.text(sources) : sources.text(conjunct),
                goal.text(sources),
                place.source(),
                place.beginLine(),
                place.beginColumn(),
                goal.scope().path(),
                mentions.bindings(),
                mentions.values(),
                goal.scope().conditions(sources),
                Optional.ofNullable(attempt.error),
                mentions.reads());
    }
}
