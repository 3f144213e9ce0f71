package dev.faultline.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.AgentRules;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Mapping;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever several threads see of a running cluster, they would also see if all that they do were done by one after the
 * other. The cluster has threads of its own, so nothing is said of all their interleavings: each scenario is run many
 * times.
 */
class LinearizabilityTest {
    private static final int SCENARIOS = Integer.getInteger("faultline.scenarios", 20);
    private static final int RUNS_OF_EACH = 50;

    /** A mutant shows in one run of a few. */
    private static final int MOST_RUNS_OF_A_MUTANT = 20_000;

    private static StressOptions options() {
        return new StressOptions().sequentialSpecification(Blocks.class).minimizeFailedScenario(false);
    }

    @Test
    void aClusterIsDisksOfBlocks() {
        options()
                .threads(3)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(4)
                .iterations(SCENARIOS)
                .invocationsPerIteration(RUNS_OF_EACH)
                .check(ClusterOfBlocks.class);
    }

    /** With agents that open the disks which their hosts use, and close them whenever somebody asks for it. */
    public static class Opened extends ClusterOfBlocks {
        /** Starts the cluster. */
        public Opened() {
            super(AgentRules.ALL, ControllerRules.ALL, Mapping.OPENED);
        }

        /** Has an agent close a disk that all use. */
        @Operation
        public void closeDisk(@Param(name = "thread") int thread, @Param(name = "disk") int disk) {
            closeDiskOfAll(thread, disk);
        }
    }

    @Test
    void aClusterIsDisksOfBlocksAlsoIfAgentsOpenAndCloseThem() {
        options()
                .threads(3)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(4)
                .iterations(Math.max(1, SCENARIOS / 2))
                .invocationsPerIteration(RUNS_OF_EACH)
                .check(Opened.class);
    }

    /** With agents that answer a blocking command while I/Os from before it are in flight. */
    public static class AnsweredBeforeDrain extends ClusterOfBlocks {
        /** Starts the cluster. */
        public AnsweredBeforeDrain() {
            super(
                    new AgentRules() {
                        @Override
                        public boolean answersOnlyWhenDrained(Set<String> awaited) {
                            return true;
                        }
                    },
                    ControllerRules.ALL);
        }
    }

    /** With a controller that lets a disk write to a location which another disk shares. */
    public static class LiftedWhileShared extends ClusterOfBlocks {
        /** Starts the cluster. */
        public LiftedWhileShared() {
            super(AgentRules.ALL, new ControllerRules() {
                @Override
                public boolean liftsOnlyWhenUnshared(boolean shared) {
                    return true;
                }
            });
        }
    }

    /**
     * A write is on its way while a snapshot is taken; the next write to the segment has it copied. Without the rule, the
     * copy may miss the first write, which is lost then. It is to a block of another I/O thread than the copy is.
     */
    @ParameterizedTest
    @ValueSource(classes = {AnsweredBeforeDrain.class, LiftedWhileShared.class})
    void aClusterThatBreaksARuleIsNotDisksOfBlocks(Class<?> mutant) {
        List<Actor> writer = List.of(call("write", 0, 0, 0, 1, ClusterOfBlocks.SLOW));
        List<Actor> cloner = List.of(call("snapshot", 1, 0), call("write", 1, 0, 0, 0, 3), call("read", 1, 0, 0, 1));
        List<Actor> after = List.of(
                call("read", 1, 0, 0, 1), call("read", 1, 1, 0, 0), call("read", 1, 1, 0, 1), call("read", 1, 0, 1, 1));
        ExecutionScenario scenario = new ExecutionScenario(
                List.of(call("write", 0, 0, 0, 1, 1)),
                List.of(writer, cloner),
                after,
                new Actor(method("close"), List.of()));
        StressOptions options = options()
                .iterations(0)
                .invocationsPerIteration(MOST_RUNS_OF_A_MUTANT)
                .addCustomScenario(scenario);
        assertThatThrownBy(() -> options.check(mutant))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    private static Actor call(String operation, Object... arguments) {
        return new Actor(method(operation), List.of(arguments));
    }

    private static Method method(String name) {
        return Stream.of(ClusterOfBlocks.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
