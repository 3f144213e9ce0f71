package dev.faultline.conformance.mutants;

import dev.faultline.core.AgentRules;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Entry;
import dev.faultline.core.Io;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.Opener;
import dev.faultline.core.Opening;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Agents and controller with one rule about opening disks taken away. */
final class OpeningMutants {
    private OpeningMutants() {}

    static List<Mutant> all() {
        return List.of(
                agent(
                        "deaf-while-opening",
                        "an agent listens to commands only when it knows that the disk is open",
                        "Start, Fault, Retry",
                        "",
                        new AgentRules() {
                            @Override
                            public boolean listensWhile(Opening.Step step) {
                                return step == Opening.Step.OPEN;
                            }
                        }),
                agent(
                        "any-opened",
                        "an agent takes the answer to an earlier opening for that to the last",
                        "Read, Write, Close",
                        "",
                        new AgentRules() {
                            @Override
                            public boolean opensOnlyAsAsked(Opening mine, Opened answer) {
                                return mine.step() == Opening.Step.OPENING;
                            }
                        }),
                agent(
                        "old-entry-kept",
                        "an agent goes on with an entry that is older than that in the table when it opened the disk",
                        "Start, Fault, Retry, ReceiveAnswer",
                        "",
                        new AgentRules() {
                            @Override
                            public Entry entryAtOpening(Entry entry, long version) {
                                return entry;
                            }
                        }),
                agent(
                        "close-in-use",
                        "an agent closes a disk while it has I/O of it under way",
                        "Close",
                        "ClosesOnlyWhenQuiet",
                        new AgentRules() {
                            @Override
                            public boolean closesOnlyWhenQuiet(String disk, Collection<Io> ios) {
                                return true;
                            }
                        }),
                controller(
                        "late-opening",
                        "the controller takes an opening that comes late for the last one",
                        "ReceiveOpened",
                        "",
                        new ControllerRules() {
                            @Override
                            public boolean registersOnlyNewer(OpenDisk opening, @Nullable Long known) {
                                return true;
                            }
                        }),
                controller(
                        "counter-at-opening",
                        "the controller answers an opening with the version of what was changed last",
                        "ReceiveOpened",
                        "",
                        new ControllerRules() {
                            @Override
                            public List<Long> versionsAtOpening(String disk, MappingTables tables) {
                                return Collections.nCopies(tables.segmentsPerDisk(), tables.version());
                            }
                        }),
                controller(
                        "late-closing",
                        "the controller takes a closing that comes late for that of the last opening",
                        "CopyTable, Freeze, LiftAfterCopy, FinishJob, Remove, FinishRecovery",
                        "",
                        new ControllerRules() {
                            @Override
                            public boolean closesOnlyThatOpening(CloseDisk closing, long known) {
                                return true;
                            }
                        }),
                controller(
                        "openings-forgotten",
                        "the controller forgets in a crash who has disks open, and waits for nobody when it comes back",
                        "FinishRecovery",
                        "ServesOnlyWhenAllAnswered",
                        new ControllerRules() {
                            @Override
                            public Map<Opener, Long> openingsAfterCrash(Map<Opener, Long> openings) {
                                return Map.of();
                            }
                        }));
    }

    private static Mutant agent(String name, String what, String actions, String operator, AgentRules rules) {
        return Mutant.ofAgent(name, what, actions, operator, rules).ofOpening();
    }

    private static Mutant controller(String name, String what, String actions, String operator, ControllerRules rules) {
        return Mutant.ofController(name, what, actions, operator, rules).ofOpening();
    }
}
