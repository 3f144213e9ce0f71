package dev.faultline.runtime;

import static dev.faultline.runtime.Interleavings.expect;
import static dev.faultline.runtime.Interleavings.inEach;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The threads that wait for storage, in many interleavings. */
class IoPoolModelTest {
    @Test
    void tasksOfOneNumberRunInOrderAndThoseOfOthersBesideThem() {
        inEach(() -> {
            IoPool pool = new IoPool(2, e -> {});
            pool.loops().forEach(Loop::start);
            List<Integer> order = new CopyOnWriteArrayList<>();
            AtomicInteger other = new AtomicInteger();
            pool.submit(0, () -> {
                // Ends only if the task of another number need not wait for this one.
                awaitOne(other);
                order.add(1);
            });
            pool.submit(2, () -> order.add(2));
            pool.submit(1, other::incrementAndGet);
            while (order.size() < 2) {
                Thread.onSpinWait();
            }
            expect(order.equals(List.of(1, 2)), "1 before 2", order);
            pool.loops().forEach(loop -> loop.stop(System.nanoTime()));
        });
    }

    private static void awaitOne(AtomicInteger number) {
        while (number.get() == 0) {
            Thread.onSpinWait();
        }
    }
}
