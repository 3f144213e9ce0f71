package dev.faultline.conformance.verify;

import dev.faultline.conformance.verify.Part.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/**
 * The parts of the main job, and their order: the models first, for pages are compared with them; then the strengths, and
 * beside them what works on one thread; at the end what sums up.
 *
 * @param first are done one after the other
 * @param beside are done on threads of their own, while {@code then} are done
 * @param then are done one after the other
 * @param last are done when all others are
 */
public record Verification(List<Part> first, List<Part> beside, List<Part> then, List<Part> last) {
    /** Copies the lists. */
    public Verification {
        first = List.copyOf(first);
        beside = List.copyOf(beside);
        then = List.copyOf(then);
        last = List.copyOf(last);
    }

    /**
     * Does the job. The rows of a part are told together, on the calling thread.
     *
     * @param each is told of each row as soon as its turn comes
     * @throws IOException if a file cannot be read or written
     * @throws InterruptedException if it was told to stop
     */
    public void run(BiConsumer<Part, Row> each) throws IOException, InterruptedException {
        checkAll(first, each);
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, beside.size()));
        try {
            List<Future<List<Row>>> later = new ArrayList<>();
            for (Part part : beside) {
                later.add(threads.submit(() -> {
                    List<Row> rows = new ArrayList<>();
                    part.check(rows::add);
                    return rows;
                }));
            }
            checkAll(then, each);
            for (int i = 0; i < beside.size(); i++) {
                for (Row row : later.get(i).get()) {
                    each.accept(beside.get(i), row);
                }
            }
        } catch (ExecutionException e) {
            throw cause(e).orElseGet(() -> new IllegalStateException(e.getCause()));
        } finally {
            threads.shutdownNow();
        }
        checkAll(last, each);
    }

    private static void checkAll(List<Part> parts, BiConsumer<Part, Row> each)
            throws IOException, InterruptedException {
        for (Part part : parts) {
            part.check(row -> each.accept(part, row));
        }
    }

    private static Optional<RuntimeException> cause(ExecutionException e) throws IOException {
        if (e.getCause() instanceof IOException unwritable) {
            throw unwritable;
        }
        return Optional.ofNullable(e.getCause() instanceof RuntimeException known ? known : null);
    }
}
