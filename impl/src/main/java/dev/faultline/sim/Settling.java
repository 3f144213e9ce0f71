package dev.faultline.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What becomes of a world if nobody asks for anything more and nothing more goes wrong: what has begun is finished, what was
 * lost is said again, who is fenced stops, and who is gone is given up.
 */
public final class Settling {
    /** A world whose states have all been seen repeats itself so much longer than it took to see them. */
    private static final int REPEATED = 4;

    private static final int AT_LEAST = 50;
    private static final int STEP_LIMIT = 100_000;

    private Settling() {}

    /**
     * How it ended.
     *
     * @param world the last state
     * @param isStuck whether something is left to do, and nothing can happen, or nothing new; not so if it went on for too long
     *     to tell
     * @param steps what happened on the way, each step that led to a state that was new; the others only went back
     */
    public record Settled(World world, boolean isStuck, List<Happening> steps) {
        /** Copies the list. */
        public Settled {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Lets a copy of a world go on, in an order that is drawn from a seed, until it is quiet, or nothing can happen, or
     * nothing new does.
     */
    public static Settled settle(World from, long seed) {
        World world = from.copy();
        SplittableRandom random = new SplittableRandom(seed);
        Set<World> seen = new HashSet<>();
        List<Happening> steps = new ArrayList<>();
        seen.add(world.copy());
        int repeated = 0;
        for (int count = 0; count < STEP_LIMIT; count++) {
            if (repeated >= AT_LEAST + REPEATED * seen.size()) {
                return new Settled(world, true, steps);
            }
            List<Move> moves = moves(world);
            if (moves.isEmpty()) {
                return new Settled(world, !world.isQuiet(), steps);
            }
            Happening step = moves.get(random.nextInt(moves.size())).in(world);
            if (seen.add(world.copy())) {
                steps.add(step);
                repeated = 0;
            } else {
                repeated++;
            }
        }
        return new Settled(world, false, steps);
    }

    private static List<Move> moves(World world) {
        List<Move> moves = new ArrayList<>(world.moves());
        for (String agent : world.agents().keySet()) {
            if (!world.members().contains(agent)) {
                moves.add(w -> w.crashAgent(agent));
            }
        }
        if (world.controller().isUp()) {
            for (String member : world.members()) {
                if (!world.agents().containsKey(member)) {
                    moves.add(w -> w.fence(member));
                }
            }
        }
        return moves.isEmpty() && !world.isQuiet() ? world.repetitions() : moves;
    }
}
