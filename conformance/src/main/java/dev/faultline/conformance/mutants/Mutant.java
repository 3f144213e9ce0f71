package dev.faultline.conformance.mutants;

import dev.faultline.core.AgentRules;
import dev.faultline.core.Clone;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Deletion;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.Io;
import dev.faultline.core.Job;
import dev.faultline.core.Kind;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Message.Change;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.core.Recovery;
import dev.faultline.core.Rules;
import dev.faultline.core.StorageRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The code with one rule taken away: the rule's method is overridden, and nothing else. What holds the code against the
 * spec must reject it, at the action and the rule that it names.
 *
 * @param name the mutant's name on the command line
 * @param what what the mutant does wrong
 * @param actions the spec actions at which a trace of it is to be rejected
 * @param operator the named operator of the spec that is false there; empty if only the data that an I/O brings tells
 */
public record Mutant(String name, String what, List<String> actions, String operator, Rules rules) {
    /** Copies the list. */
    public Mutant {
        actions = List.copyOf(actions);
    }

    /** Returns the agents' rules. */
    public AgentRules agentRules() {
        return rules.agent();
    }

    /** Returns the controller's rules. */
    public ControllerRules controllerRules() {
        return rules.controller();
    }

    /** Returns the code as it is. */
    public static Mutant none() {
        return new Mutant("none", "nothing", List.of(), "", Rules.ALL);
    }

    /** Returns whether nothing may reject it. */
    public boolean isHarmless() {
        return actions.stream().allMatch(String::isEmpty);
    }

    /**
     * Returns whether this is how a trace of the mutant is to be rejected.
     *
     * @param action the action that is refused
     * @param path the operators that lead to what is false there
     */
    public boolean isRejectedAt(String action, List<String> path) {
        return actions.contains(action) && (operator.isEmpty() || path.contains(operator));
    }

    /** Returns all mutants. */
    public static List<Mutant> all() {
        return List.of(
                ofAgent(
                        "answer-before-drain",
                        "an agent answers a blocking command while I/Os from before it are in flight",
                        "AnswerCommand",
                        "AnswersOnlyWhenDrained",
                        new AgentRules() {
                            @Override
                            public boolean answersOnlyWhenDrained(Set<String> awaited) {
                                return true;
                            }
                        }),
                ofAgent(
                        "nw-not-applied",
                        "an agent answers a command that sets Nw and does not set it",
                        "Start",
                        "StartsOnlyWhenAllowed",
                        new AgentRules() {
                            @Override
                            public Entry entryAfter(Entry entry, Change command, int segment) {
                                return command instanceof SetEntryState set && set.state() == EntryState.NO_WRITE
                                        ? entry
                                        : AgentRules.super.entryAfter(entry, command, segment);
                            }
                        }),
                ofAgent(
                        "retry-without-new-entry",
                        "an agent tries a write that faulted again, although its entry is as it was",
                        "Retry",
                        "RetriesOnlyOnNewEntry",
                        new AgentRules() {
                            @Override
                            public boolean retriesOnlyOnNewEntry(Io io, Entry entry) {
                                return true;
                            }
                        }),
                ofController(
                        "copy-table-early",
                        "the controller copies the table of a snapshot before all agents have answered",
                        "CopyTable",
                        "CopiesOnlyWhenAllAnswered",
                        new ControllerRules() {
                            @Override
                            public boolean copiesOnlyWhenAllAnswered(Clone clone) {
                                return true;
                            }
                        }),
                ofAgent(
                        "start-without-permission",
                        "an agent starts an I/O whatever its entry says",
                        "Start",
                        "StartsOnlyWhenAllowed",
                        new AgentRules() {
                            @Override
                            public boolean startsOnlyWhenAllowed(Io io, Entry entry) {
                                return true;
                            }
                        }),
                ofController(
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
                ofController(
                        "switch-half-copied",
                        "the controller names a copy in the table before all of its blocks are copied",
                        "Switch",
                        "SwitchesOnlyWhenCopied",
                        new ControllerRules() {
                            @Override
                            public boolean switchesOnlyWhenCopied(Job job, int blocksPerSegment) {
                                return true;
                            }
                        }),
                ofController(
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
                ofController(
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
                ofAgent(
                        "await-nothing",
                        "an agent takes note of no I/O that a blocking command has to wait for",
                        "AnswerCommand",
                        "AnswersOnlyWhenDrained",
                        new AgentRules() {
                            @Override
                            public Set<String> awaitedBy(Command command, Map<String, Io> ios) {
                                return Set.of();
                            }
                        }),
                ofController(
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
                ofAgent(
                        "new-for-old",
                        "an agent takes a command that changes a state of an entry for one that is older than the entry",
                        "Start, Fault, Retry",
                        "",
                        new AgentRules() {
                            @Override
                            public boolean neverGoesBack(Entry entry, Change command, int segment) {
                                return command instanceof SetEntry || command.versionIn(segment) <= entry.version();
                            }
                        }),
                ofController(
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
                ofController(
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
                ofController(
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
                ofController(
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
                ofController(
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
                ofController(
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
                ofController(
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
                ofController(
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
                ofStorage(
                        "perform-for-all",
                        "storage performs the I/O of an agent that was fenced",
                        "Perform",
                        "PerformsOnlyForMembers",
                        new StorageRules() {
                            @Override
                            public boolean performsOnlyForMembers(String agent, Set<String> members) {
                                return true;
                            }
                        }),
                ofController(
                        "serve-before-told",
                        "the controller serves after a crash before all agents have been told what the tables say",
                        "FinishRecovery",
                        "ServesOnlyWhenAllAnswered",
                        new ControllerRules() {
                            @Override
                            public boolean servesOnlyWhenAllAnswered(Recovery recovery) {
                                return true;
                            }
                        }),
                ofAgent(
                        "old-for-new",
                        "an agent takes a late command though its entry is newer",
                        "Start, Fault, Retry",
                        "",
                        new AgentRules() {
                            @Override
                            public boolean neverGoesBack(Entry entry, Change command, int segment) {
                                return true;
                            }
                        }),
                ofAgent(
                        "location-kept",
                        "an agent takes the states of a new entry and keeps the old location",
                        "Start, Retry",
                        "",
                        new AgentRules() {
                            @Override
                            public Entry entryAfter(Entry entry, Change command, int segment) {
                                Entry after = AgentRules.super.entryAfter(entry, command, segment);
                                return entry.location() == Entry.NO_LOCATION ? after : after.movedTo(entry.location());
                            }
                        }),
                ofAgent(
                        "quiesce-ignored",
                        "an agent answers a quiesce and does not hold I/O",
                        "Start, Fault",
                        "",
                        new AgentRules() {
                            @Override
                            public Entry entryAfter(Entry entry, Change command, int segment) {
                                return command instanceof QuiesceDisk
                                        ? entry.under(command.versionIn(segment))
                                        : AgentRules.super.entryAfter(entry, command, segment);
                            }
                        }),
                ofAgent(
                        "await-writes-only",
                        "an agent answers a blocking command while reads from before it are in flight",
                        "AnswerCommand",
                        "AnswersOnlyWhenDrained",
                        new AgentRules() {
                            @Override
                            public Set<String> awaitedBy(Command command, Map<String, Io> ios) {
                                return AgentRules.super.awaitedBy(command, ios).stream()
                                        .filter(host -> Optional.ofNullable(ios.get(host))
                                                .filter(io -> io.kind() == Kind.WRITE)
                                                .isPresent())
                                        .collect(Collectors.toSet());
                            }
                        }));
    }

    /**
     * Returns the code with a change that no rule forbids: a location is left out before each that is taken into use. It
     * must not be rejected, or what rejects mutants rejects too much.
     */
    public static Mutant canary() {
        return ofController(
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

    private static Mutant ofAgent(String name, String what, String actions, String operator, AgentRules rules) {
        return new Mutant(
                name,
                what,
                List.of(actions.split(", ")),
                operator,
                new Rules(rules, ControllerRules.ALL, StorageRules.ALL));
    }

    private static Mutant ofController(
            String name, String what, String actions, String operator, ControllerRules rules) {
        return new Mutant(
                name, what, List.of(actions.split(", ")), operator, new Rules(AgentRules.ALL, rules, StorageRules.ALL));
    }

    private static Mutant ofStorage(String name, String what, String actions, String operator, StorageRules rules) {
        return new Mutant(
                name,
                what,
                List.of(actions.split(", ")),
                operator,
                new Rules(AgentRules.ALL, ControllerRules.ALL, rules));
    }
}
