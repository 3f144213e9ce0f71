package dev.faultline.conformance.schedules;

import dev.faultline.conformance.pictures.Waits;
import dev.faultline.conformance.schedules.SimulatedRun.Problem;
import dev.faultline.sim.Happening;
import dev.faultline.sim.Settling;
import dev.faultline.sim.Settling.Settled;
import dev.faultline.sim.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Recognises that a system cannot come to an end any more, and says who waits for what. */
final class Standstill {
    /** From a state in which none of so many ways on comes to an end, none does. */
    private static final int WAYS = 4;

    private static final int MOST_LINES = 30;
    private static final int MOST_STEPS = 20;

    private Standstill() {}

    /** Returns what is wrong if what the world has begun cannot come to an end, whatever happens next. */
    static Optional<Problem> of(World world) {
        Settled last = settled(world, 1);
        for (long way = 2; way <= WAYS && last.isStuck(); way++) {
            last = settled(world, way);
        }
        return last.isStuck() ? Optional.of(problem(last)) : Optional.empty();
    }

    private static Settled settled(World world, long way) {
        try {
            return Settling.settle(world, way);
        } catch (RuntimeException | StackOverflowError e) {
            // What the code throws later on is no standstill; the run in which it does so tells of it.
            return new Settled(world, false, List.of());
        }
    }

    private static Problem problem(Settled settled) {
        return Problem.standstill(
                "the system came to a standstill: whatever happens next, what was begun does not end\n"
                        + (settled.steps().isEmpty()
                                ? "nothing can happen any more"
                                : "after " + told(settled.steps()) + ", nothing new happens")
                        + waits(settled.world()));
    }

    private static String told(List<Happening> steps) {
        int left = Math.max(0, steps.size() - MOST_STEPS);
        return (left == 0 ? "" : left + " more steps, ")
                + steps.stream()
                        .skip(left)
                        .map(step -> step.event().action() + " at " + step.place())
                        .collect(Collectors.joining(", "));
    }

    /** Returns what is wrong with a run that ends although hosts, or who else asks for something, are not done. */
    static Problem withWorkLeft(World world) {
        return Problem.standstill("the system came to a standstill with work left to do" + waits(world));
    }

    private static String waits(World world) {
        List<String> lines =
                Waits.lines(world.agents(), world.controller(), world.messages().keySet());
        StringBuilder text = new StringBuilder();
        lines.stream().limit(MOST_LINES).forEach(line -> text.append("\n  ").append(line));
        if (lines.size() > MOST_LINES) {
            text.append("\n  and ").append(lines.size() - MOST_LINES).append(" more");
        }
        return text.toString();
    }
}
