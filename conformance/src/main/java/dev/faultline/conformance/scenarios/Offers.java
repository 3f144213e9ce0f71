package dev.faultline.conformance.scenarios;

import dev.faultline.conformance.scenarios.StepCheck.Refused;
import dev.faultline.core.Event;
import dev.faultline.core.IllegalStepException;
import dev.faultline.sim.Happening;
import dev.faultline.sim.IllegalRequestException;
import dev.faultline.sim.Move;
import dev.faultline.sim.World;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecTransition;
import dev.faultline.spec.engine.SpecValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the code offers to do in a state, each tried out on a copy and held against the spec, and what the spec allows.
 *
 * @param allowed all that the spec allows the system to do of itself
 * @param all what the code does, in the order in which it was given; only the first of it if something is wrong
 * @param wrong what the code does and the spec does not allow
 * @param missing what the spec allows and the code does not do, though nothing explains that
 */
public record Offers(
        List<SpecTransition> allowed, List<Offer> all, Optional<Wrong> wrong, Optional<SpecTransition> missing) {
    /**
     * Why the spec allows steps that the code does not take, for each action of which there are some in the scenarios. One
     * that is not here is a surprise, and so is one that is here and does not occur.
     */
    public static final SortedMap<String, String> UNTAKEN = Collections.unmodifiableSortedMap(
            new TreeMap<>(
                    Map.of(
                            "BeginCopy",
                            "the spec copies to any location that is not in use; the code to the lowest that was never used, or else the lowest",
                            "BeginFill",
                            "the spec fills any location that is not in use; the code the lowest that was never used, or else the lowest")));

    /**
     * A step of the code.
     *
     * @param step what happened
     * @param world the state of the code after it
     * @param after the same as a state of the spec
     */
    public record Offer(Happening step, World world, SpecState after) {
        private boolean is(SpecTransition transition) {
            return step.event().action().equals(transition.action()) && after.equals(transition.after());
        }
    }

    /**
     * A step of the code that the spec does not allow.
     *
     * @param step what happened; empty if the code offered a step and then refused it
     */
    public record Wrong(Optional<Happening> step, Refused why) {}

    /**
     * Tries out all moves.
     *
     * @param before the world as a state of the spec
     */
    public static Offers of(StepCheck spec, World world, SpecState before, List<Move> moves) {
        List<SpecTransition> allowed = spec.allowed(before);
        List<Offer> all = new ArrayList<>();
        Optional<Wrong> wrong = Optional.empty();
        for (Move move : moves) {
            World copy = world.copy();
            Happening step;
            try {
                step = CodeFailure.in(() -> move.in(copy));
            } catch (IllegalStepException | IllegalRequestException e) {
                wrong = Optional.of(new Wrong(Optional.empty(), takenBack(e)));
                break;
            } catch (CodeFailure e) {
                wrong = Optional.of(new Wrong(Optional.empty(), e.refused()));
                break;
            }
            Offer offer = new Offer(step, copy, spec.state(copy, world, before));
            wrong = spec.check(before, allowed, step.event(), offer.after())
                    .map(why -> new Wrong(Optional.of(offer.step()), why));
            all.add(offer);
            if (wrong.isPresent()) {
                break;
            }
        }
        Offers offers = new Offers(allowed, all, wrong, Optional.empty());
        return wrong.isPresent() ? offers : new Offers(allowed, all, wrong, offers.missing(spec));
    }

    private Optional<SpecTransition> missing(StepCheck spec) {
        return untaken().stream()
                .filter(transition -> !UNTAKEN.containsKey(transition.action())
                        || all.stream().noneMatch(offer -> isLike(offer, transition, spec)))
                .findFirst();
    }

    /** Returns whether the code does the same but for the last argument, which is where to. */
    private static boolean isLike(Offer offer, SpecTransition transition, StepCheck spec) {
        Event event = offer.step().event();
        if (!event.action().equals(transition.action())) {
            return false;
        }
        List<SpecValue> arguments = spec.arguments(event);
        int last = arguments.size() - 1;
        return arguments.subList(0, last).equals(transition.arguments().subList(0, last));
    }

    private static Refused takenBack(IllegalStateException e) {
        return new Refused("", List.of(), "the code offers a step that it then refuses: " + e.getMessage());
    }

    /** Returns what the spec allows and the code does not do. */
    public List<SpecTransition> untaken() {
        return allowed.stream().filter(transition -> find(transition).isEmpty()).toList();
    }

    /** Returns the step of the code that is this step of the spec. */
    public Optional<Offer> find(SpecTransition transition) {
        return all.stream().filter(offer -> offer.is(transition)).findFirst();
    }
}
