package dev.faultline.conformance.mutants;

import dev.faultline.core.StorageRules;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All mutants, by what they take a rule away from. */
public final class Mutants {
    private Mutants() {}

    /** Returns all that must be rejected. */
    public static List<Mutant> all() {
        return Stream.of(
                        AgentMutants.all(),
                        ControllerMutants.all(),
                        OpeningMutants.all(),
                        SpaceMutants.all(),
                        PowerMutants.all(),
                        ofStorage())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Returns the code with a change that no rule forbids: a location is left out before each that is taken into use. It
     * must not be rejected, or what rejects mutants rejects too much.
     */
    public static Mutant canary() {
        return ControllerMutants.canary();
    }

    /** Returns all that must be rejected, and the canary. */
    public static List<Mutant> withCanary() {
        return Stream.concat(all().stream(), Stream.of(canary())).toList();
    }

    private static List<Mutant> ofStorage() {
        return List.of(Mutant.ofStorage(
                "perform-for-all",
                "storage performs the I/O of an agent that was fenced",
                "Perform",
                "PerformsOnlyForMembers",
                new StorageRules() {
                    @Override
                    public boolean performsOnlyForMembers(String agent, Set<String> members) {
                        return true;
                    }
                }));
    }
}
