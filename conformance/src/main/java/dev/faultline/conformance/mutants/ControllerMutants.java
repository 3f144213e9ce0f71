package dev.faultline.conformance.mutants;

import dev.faultline.core.Clone;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Deletion;
import dev.faultline.core.Job;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Recovery;
import java.util.List;
import java.util.Map;

/** The controller with one rule taken away, and the canary. */
final class ControllerMutants {
    private ControllerMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.ofController(
                        "copy-table-early",
                        "the controller copies the table of a snapshot before all agents have answered",
                        "CopyTable, FlushDisks",
                        "CopiesOnlyWhenAllAnswered",
                        new ControllerRules() {
                            @Override
                            public boolean copiesOnlyWhenAllAnswered(Clone clone) {
                                return true;
                            }
                        }),
                Mutant.ofController(
                        "lift-before-drain",
                        "the controller lets writes through before all agents have left the old location",
                        "LiftAfterCopy",
                        "LiftsOnlyWhenAllAnswered",
                        new ControllerRules() {
                            @Override
                            public boolean liftsOnlyWhenAllAnswered(Job job) {
                                return true;
                            }
                        }),
                Mutant.ofController(
                        "switch-half-copied",
                        "the controller names a copy in the table before all of its blocks are copied",
                        "Switch, FlushCopy",
                        "SwitchesOnlyWhenCopied",
                        new ControllerRules() {
                            @Override
                            public boolean switchesOnlyWhenCopied(Job job, int blocksPerSegment) {
                                return true;
                            }
                        }),
                Mutant.ofController(
                        "lift-shared",
                        "the controller lifts Nw although another disk shares the location",
                        "LiftUnshared",
                        "LiftsOnlyWhenUnshared",
                        new ControllerRules() {
                            @Override
                            public boolean liftsOnlyWhenUnshared(boolean shared) {
                                return true;
                            }
                        }),
                Mutant.ofController(
                        "copy-over-used",
                        "the controller copies a segment over a location that is in use",
                        "BeginCopy",
                        "Unused",
                        new ControllerRules() {
                            @Override
                            public long unused(MappingTables tables) {
                                return 0;
                            }
                        }),
                Mutant.ofController(
                        "two-at-a-time",
                        "the controller works on an entry while an earlier command about it is unanswered",
                        "LiftUnshared",
                        "OneAtATime",
                        new ControllerRules() {
                            @Override
                            public boolean oneAtATime(boolean idle, boolean cloning, boolean leaving) {
                                return true;
                            }
                        }),
                Mutant.ofController(
                        "job-after-job",
                        "the controller begins a job although the one before it is under way",
                        "LiftUnshared, BeginCopy, Refresh",
                        "OneAtATime",
                        new ControllerRules() {
                            @Override
                            public boolean oneAtATime(boolean idle, boolean cloning, boolean leaving) {
                                return !cloning && !leaving;
                            }
                        }),
                Mutant.ofController(
                        "job-while-cloning",
                        "the controller begins a job on a disk of which a snapshot is being made",
                        "LiftUnshared, BeginCopy, Refresh",
                        "OneAtATime",
                        new ControllerRules() {
                            @Override
                            public boolean oneAtATime(boolean idle, boolean cloning, boolean leaving) {
                                return idle && !leaving;
                            }
                        }),
                Mutant.ofController(
                        "job-while-leaving",
                        "the controller begins a job on a disk that is being deleted, or that shares its location with one",
                        "LiftUnshared, BeginCopy, Refresh",
                        "OneAtATime",
                        new ControllerRules() {
                            @Override
                            public boolean oneAtATime(boolean idle, boolean cloning, boolean leaving) {
                                return idle && !cloning;
                            }
                        }),
                Mutant.ofController(
                        "begin-while-cloning",
                        "the controller begins a snapshot of a disk of which another is being made",
                        "Freeze, Quiesce",
                        "BeginsOnlyWhenFree",
                        new ControllerRules() {
                            @Override
                            public boolean beginsOnlyWhenFree(boolean busy, boolean cloning) {
                                return !busy;
                            }
                        }),
                Mutant.ofController(
                        "begin-while-copying",
                        "the controller begins a snapshot of a disk on which a job is under way, if no other is being made",
                        "Freeze, Quiesce",
                        "BeginsOnlyWhenFree",
                        new ControllerRules() {
                            @Override
                            public boolean beginsOnlyWhenFree(boolean busy, boolean cloning) {
                                return !cloning;
                            }
                        }),
                Mutant.ofController(
                        "version-twice",
                        "the controller gives a change the version of the change before it",
                        "CopyTable",
                        "IsNewVersion",
                        new ControllerRules() {
                            @Override
                            public long isNewVersion(MappingTables tables) {
                                return Math.max(1, tables.version());
                            }
                        }),
                Mutant.ofController(
                        "freeze-in-motion",
                        "the controller freezes several disks before all agents have come to a stand",
                        "Freeze",
                        "FreezesOnlyWhenQuiet",
                        new ControllerRules() {
                            @Override
                            public boolean freezesOnlyWhenQuiet(Clone clone) {
                                return true;
                            }
                        }),
                Mutant.ofController(
                        "name-again",
                        "the controller gives a snapshot the name of a disk that was deleted",
                        "AskSnapshot",
                        "NeverNamedBefore",
                        new ControllerRules() {
                            @Override
                            public boolean neverNamedBefore(String name, MappingTables tables) {
                                return true;
                            }
                        }),
                Mutant.ofController(
                        "begin-while-busy",
                        "the controller begins a snapshot while a job is under way on its disk",
                        "Freeze, Quiesce",
                        "BeginsOnlyWhenFree",
                        new ControllerRules() {
                            @Override
                            public boolean beginsOnlyWhenFree(boolean busy, boolean cloning) {
                                return true;
                            }
                        }),
                Mutant.ofController(
                        "delete-while-busy",
                        "the controller begins a deletion while a job is under way on the disk",
                        "Delete",
                        "DeletesOnlyWhenFree",
                        new ControllerRules() {
                            @Override
                            public boolean deletesOnlyWhenFree(boolean busy) {
                                return true;
                            }
                        }),
                Mutant.ofController(
                        "remove-early",
                        "the controller removes a disk before all agents have answered",
                        "Remove",
                        "RemovesOnlyWhenAllAnswered",
                        new ControllerRules() {
                            @Override
                            public boolean removesOnlyWhenAllAnswered(Deletion deletion) {
                                return true;
                            }
                        }),
                Mutant.ofController(
                        "remove-while-copied",
                        "the controller removes a disk while a sharer's segment is copied from its location",
                        "Remove",
                        "RemovesOnlyWhenNotCopied",
                        new ControllerRules() {
                            @Override
                            public boolean removesOnlyWhenNotCopied(
                                    String disk, MappingTables tables, Map<Integer, Job> jobs) {
                                return true;
                            }
                        }),
                Mutant.ofController(
                        "free-shared",
                        "the controller frees the locations of a disk that it removes, also those that others use",
                        "Remove",
                        "FreesOnlyUnshared",
                        new ControllerRules() {
                            @Override
                            public boolean freesOnlyUnshared(boolean shared) {
                                return true;
                            }
                        }),
                Mutant.ofController(
                        "serve-before-told",
                        "the controller serves after a crash before all agents have been told what the tables say",
                        "FinishRecovery",
                        "ServesOnlyWhenAllAnswered",
                        new ControllerRules() {
                            @Override
                            public boolean servesOnlyWhenAllAnswered(Recovery recovery) {
                                return true;
                            }
                        }));
    }

    /**
     * Returns the code with a change that no rule forbids: a location is left out before each that is taken into use. It
     * must not be rejected, or what rejects mutants rejects too much.
     */
    static Mutant canary() {
        return Mutant.ofController(
                "canary",
                "the controller leaves out a location before each that it takes into use: nothing forbids it",
                "",
                "",
                new ControllerRules() {
                    @Override
                    public long unused(MappingTables tables) {
                        return tables.unusedLocation() + 1;
                    }
                });
    }
}
