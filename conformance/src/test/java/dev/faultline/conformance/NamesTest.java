package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.mutants.Mutants;
import dev.faultline.conformance.schedules.RandomConformance;
import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.core.AgentRules;
import dev.faultline.core.Content;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Event;
import dev.faultline.core.Rules;
import dev.faultline.core.StorageRules;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.trace.TraceHeader;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.Test;

/** The spec and the code have the same words for the same things. */
class NamesTest {
    /** What several actions have in common, and how Next is cut up: no steps of their own. */
    private static final Set<String> PARTS = Set.of(
            "Submit",
            "Dispatch",
            "LiftNw",
            "Unawaited",
            "ChangeDisks",
            "CloneGoesTo",
            "OpeningGoesTo",
            "EndHold",
            "RecoveryCommands");

    /** The modules whose actions and rules the code has. */
    private static final List<String> MODULES = List.of(
            "MappingAgents",
            "MappingController",
            "MappingSnapshots",
            "MappingOpening",
            "MappingSpace",
            "MappingFlush",
            "MappingFailures");

    private static final int SEEDS = 100;
    private static final Pattern RULE = Pattern.compile("(?s)\\(\\* RULE\\..*?\\*\\)\\s*(\\w+)");

    /** Returns the number of parameters of each action that the code has, by its name. */
    private static Map<String, Integer> actions() {
        TraceHeader header = new TraceHeader(TraceHeader.VERSION, List.of("a1"), List.of("disk"), 1, 1, new Content(0));
        try (LoadedSpec spec = SliceSpec.load(header)) {
            return spec.actions().stream()
                    .filter(action -> MODULES.contains(action.module()) && !PARTS.contains(action.name()))
                    .collect(Collectors.toMap(
                            SpecAction::name, action -> action.parameters().size(), (a, b) -> a, TreeMap::new));
        }
    }

    @Test
    void everyActionIsAnEventWithAsManyArguments() {
        Map<String, Integer> events = Arrays.stream(Event.class.getPermittedSubclasses())
                .collect(Collectors.toMap(
                        Class::getSimpleName, type -> type.getRecordComponents().length, (a, b) -> a, TreeMap::new));
        assertThat(events).isEqualTo(actions());
    }

    /** A step that no schedule takes is held against nothing. */
    @Test
    void everyActionIsMetInTheSchedulesThatVerifyRuns() {
        Set<String> missing = new TreeSet<>(actions().keySet());
        for (long seed = 1; seed <= SEEDS; seed++) {
            for (Workload workload : List.of(
                    RandomConformance.WORKLOAD,
                    RandomConformance.OPENING,
                    RandomConformance.SPACE,
                    RandomConformance.POWER)) {
                Simulation simulation = new Simulation(
                        workload,
                        seed,
                        Rules.ALL,
                        traced -> missing.remove(traced.event().action()));
                Schedule schedule = Schedule.random(seed);
                while (schedule.step(simulation)) {
                    // To the end.
                }
            }
        }
        assertThat(missing).as("actions that occur in no schedule").isEmpty();
    }

    @Test
    void everyRuleOfTheSpecIsARuleOfTheCode() throws IOException {
        Set<String> rules = new TreeSet<>();
        for (String module : MODULES) {
            Path file = SliceSpec.modules().resolve(module + ".tla");
            Matcher matcher = RULE.matcher(Files.readString(file));
            while (matcher.find()) {
                rules.add(StringUtils.uncapitalize(matcher.group(1)));
            }
        }
        Set<String> methods = Stream.of(AgentRules.class, ControllerRules.class, StorageRules.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(Method::isDefault)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(methods).isEqualTo(rules);
    }

    @Test
    void everyRuleOfTheCodeIsTakenAwayByAMutant() {
        Set<String> overridden = Mutants.all().stream()
                .flatMap(mutant -> Stream.of(
                        mutant.agentRules(),
                        mutant.controllerRules(),
                        mutant.rules().storage()))
                .flatMap(rules -> Arrays.stream(rules.getClass().getDeclaredMethods()))
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> methods = Stream.of(AgentRules.class, ControllerRules.class, StorageRules.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(Method::isDefault)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(overridden).isEqualTo(methods);
    }
}
