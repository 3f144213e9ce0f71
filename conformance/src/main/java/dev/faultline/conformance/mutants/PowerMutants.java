package dev.faultline.conformance.mutants;

import dev.faultline.core.AgentRules;
import dev.faultline.core.Clone;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Job;
import dev.faultline.core.Rules;
import dev.faultline.core.StorageRules;
import java.util.List;
import java.util.Set;

/** Controllers and storage with one rule about flushes and loss of power taken away. */
final class PowerMutants {
    private PowerMutants() {}

    static List<Mutant> all() {
        return List.of(
                controller(
                        "switch-unflushed",
                        "a table names a copy that may be lost",
                        "Switch",
                        "SwitchesOnlyWhenFlushed",
                        new ControllerRules() {
                            @Override
                            public boolean switchesOnlyWhenFlushed(Job job) {
                                return true;
                            }
                        }),
                controller(
                        "snapshot-unflushed",
                        "a snapshot is made of what may be lost",
                        "CopyTable",
                        "CopiesOnlyWhenFlushed",
                        new ControllerRules() {
                            @Override
                            public boolean copiesOnlyWhenFlushed(Clone clone) {
                                return true;
                            }
                        }),
                controller(
                        "look-unflushed",
                        "the controller looks at zeros that may be lost",
                        "CheckBlock",
                        "LooksOnlyWhenFlushed",
                        new ControllerRules() {
                            @Override
                            public boolean looksOnlyWhenFlushed(Job job) {
                                return true;
                            }
                        }),
                controller(
                        "copied-before-loss",
                        "what was copied before power was lost is not copied again",
                        "FlushCopy",
                        "SwitchesOnlyWhenCopied",
                        new ControllerRules() {
                            @Override
                            public Set<Integer> stillCopied(Job job) {
                                return job.copied();
                            }
                        }),
                storage(
                        "perform-after-loss",
                        "storage that has lost power goes on for the agents of before",
                        "Perform",
                        "PerformsOnlyAfterLoss",
                        new StorageRules() {
                            @Override
                            public boolean performsOnlyAfterLoss(String agent, Set<String> cut) {
                                return true;
                            }
                        }),
                storage(
                        "transfer-after-loss",
                        "storage that has lost power goes on for the controller, which has not heard of it",
                        "CopyBlock, CheckBlock, FlushCopy, FlushHeld, FlushDisks",
                        "HasHeardOfLoss",
                        new StorageRules() {
                            @Override
                            public boolean hasHeardOfLoss(Set<String> cut) {
                                return true;
                            }
                        }),
                storage(
                        "cut-nobody",
                        "storage that comes back refuses nobody",
                        "Perform, CopyBlock, CheckBlock, FlushCopy, FlushHeld, FlushDisks",
                        "",
                        new StorageRules() {
                            @Override
                            public Set<String> cutByLoss(Set<String> agents) {
                                return Set.of();
                            }
                        }));
    }

    private static Mutant controller(String name, String what, String actions, String operator, ControllerRules rules) {
        return of(name, what, actions, operator, new Rules(AgentRules.ALL, rules, StorageRules.ALL));
    }

    private static Mutant storage(String name, String what, String actions, String operator, StorageRules rules) {
        return of(name, what, actions, operator, new Rules(AgentRules.ALL, ControllerRules.ALL, rules));
    }

    private static Mutant of(String name, String what, String actions, String operator, Rules rules) {
        return new Mutant(name, what, List.of(actions.split(", ")), operator, rules, Mutant.Where.POWER);
    }
}
