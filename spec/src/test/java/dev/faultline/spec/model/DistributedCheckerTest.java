package dev.faultline.spec.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The real distributed TLC on small models. */
class DistributedCheckerTest {
    private final List<String> news = new ArrayList<>();

    private static DistributedChecker checker() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            return new DistributedChecker(
                    List.of(), new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort()));
        }
    }

    private ModelResult check(String model) throws Exception {
        DistributedChecker checker = checker();
        CompletableFuture<Integer> worker = new CompletableFuture<>();
        // Not before the server is ready, since a worker that finds none waits for seconds.
        ModelResult result = checker.serve(Samples.model(model), line -> {
            news.add(line);
            if (news.size() == 1) {
                new Thread(() -> join(checker, worker)).start();
            }
        });
        assertThat(worker.get(60, TimeUnit.SECONDS)).isZero();
        return result;
    }

    private static void join(DistributedChecker checker, CompletableFuture<Integer> done) {
        try {
            done.complete(checker.join(1, Duration.ofSeconds(60), line -> {}));
        } catch (IOException | InterruptedException e) {
            done.completeExceptionally(e);
        }
    }

    @Test
    void countsTheStatesThatAWorkerComputes() throws Exception {
        ModelResult result = check("Fine");
        assertThat(result.surprises()).isEmpty();
        assertThat(result.verdict()).isEqualTo(new Verdict.Holds());
        assertThat(result.distinct()).isEqualTo(OptionalLong.of(4));
        assertThat(result.depth()).isEqualTo(OptionalInt.empty());
        assertThat(news.get(0)).contains("is ready");
        assertThat(news.get(1)).startsWith("Registration for worker");
    }

    @Test
    void doesNotTakeAViolationForASuccess() throws Exception {
        assertThat(check("Optimistic").surprises())
                .containsExactly("expected that it holds, but it breaks TypeOK or Small");
    }

    @Test
    void refusesWhatDistributedTlcCannotDo() throws IOException {
        DistributedChecker checker = checker();
        assertThat(checker.refusal(Samples.model("Fine"))).isEmpty();
        assertThat(checker.refusal(Samples.model("Fair")))
                .hasValue("distributed TLC passes over temporal properties, such as Recurs");
        assertThat(checker.refusal(Samples.model("Invariant")))
                .hasValue("it is to break, and distributed TLC does not say which property is violated");
        assertThat(checker.refusal(Samples.model("Simulated"))).hasValue("distributed TLC does not simulate");
        assertThat(checker.refusal(Samples.model("Reached")))
                .hasValue("distributed TLC does not tell which situations are reached");
    }
}
