package dev.faultline.conformance.mutants;

import dev.faultline.core.AgentRules;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.Io;
import dev.faultline.core.Kind;
import dev.faultline.core.Message.Change;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Agents with one rule taken away. */
final class AgentMutants {
    private AgentMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.ofAgent(
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
                Mutant.ofAgent(
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
                Mutant.ofAgent(
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
                Mutant.ofAgent(
                        "retry-on-any-new-entry",
                        "an agent tries an I/O that faulted again because its entry is new, whatever that says",
                        "Retry",
                        "RetriesOnlyOnNewEntry",
                        new AgentRules() {
                            @Override
                            public boolean retriesOnlyOnNewEntry(Io io, Entry entry) {
                                return io.phase() == Io.Phase.RENEWED;
                            }
                        }),
                Mutant.ofAgent(
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
                Mutant.ofAgent(
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
                Mutant.ofAgent(
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
                Mutant.ofAgent(
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
                Mutant.ofAgent(
                        "location-kept",
                        "an agent takes the states of a new entry and keeps the old location",
                        "Start, Retry",
                        "",
                        new AgentRules() {
                            @Override
                            public Entry entryAfter(Entry entry, Change command, int segment) {
                                Entry after = AgentRules.super.entryAfter(entry, command, segment);
                                return entry.location() == Entry.NO_LOCATION
                                        ? after
                                        : after.movedTo(entry.location(), after.states());
                            }
                        }),
                Mutant.ofAgent(
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
                Mutant.ofAgent(
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
}
