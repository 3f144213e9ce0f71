package dev.faultline.conformance.mutants;

import dev.faultline.core.ControllerRules;
import dev.faultline.core.EntryState;
import dev.faultline.core.Job;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Controllers with one rule about empty segments taken away. */
final class SpaceMutants {
    private SpaceMutants() {}

    static List<Mutant> all() {
        return List.of(
                controller(
                        "fill-without-nw",
                        "a segment that gets storage may be written before all agents know of it",
                        "Start, Retry, ApplyCommand, ReceiveAnswer, Lose, Repeat",
                        "",
                        new ControllerRules() {
                            @Override
                            public Set<EntryState> statesInCopy(Set<EntryState> states) {
                                Set<EntryState> inCopy = EnumSet.noneOf(EntryState.class);
                                inCopy.addAll(states);
                                inCopy.remove(EntryState.ZERO);
                                return inCopy;
                            }
                        }),
                controller(
                        "look-early",
                        "the controller looks at a segment while a write may be on its way there",
                        "CheckBlock, FlushHeld",
                        "LooksOnlyWhenAllAnswered",
                        new ControllerRules() {
                            @Override
                            public boolean looksOnlyWhenAllAnswered(Job job) {
                                return true;
                            }
                        }),
                controller(
                        "empty-unseen",
                        "the controller believes an agent that says that a segment is zeros",
                        "Vacate",
                        "EmptiesOnlyZeros",
                        new ControllerRules() {
                            @Override
                            public boolean emptiesOnlyZeros(Job job, int blocksPerSegment) {
                                return true;
                            }
                        }),
                controller(
                        "free-shared-segment",
                        "the location of a segment that becomes empty is freed though another disk uses it",
                        "Vacate",
                        "FreesOnlyItsOwn",
                        new ControllerRules() {
                            @Override
                            public boolean freesOnlyItsOwn(boolean shared) {
                                return true;
                            }
                        }),
                controller(
                        "refuse-early",
                        "a write is refused for want of space though there is some",
                        "RefuseWrite",
                        "RefusesOnlyWhenFull",
                        new ControllerRules() {
                            @Override
                            public boolean refusesOnlyWhenFull(long unused) {
                                return true;
                            }
                        }),
                controller(
                        "keep-storage",
                        "the location of a segment that becomes empty is not freed",
                        "Vacate",
                        "FreesOnlyItsOwn",
                        new ControllerRules() {
                            @Override
                            public boolean freesOnlyItsOwn(boolean shared) {
                                return false;
                            }
                        }));
    }

    private static Mutant controller(String name, String what, String actions, String operator, ControllerRules rules) {
        return Mutant.ofController(name, what, actions, operator, rules).ofSpace();
    }
}
