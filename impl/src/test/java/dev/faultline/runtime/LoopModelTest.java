package dev.faultline.runtime;

import static dev.faultline.runtime.Interleavings.expect;
import static dev.faultline.runtime.Interleavings.inEach;
import static dev.faultline.runtime.Interleavings.join;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A loop in many interleavings of its own thread with those that put. */
class LoopModelTest {
    /**
     * Sleeps until it is woken, and never wakes up for no reason, as the model checker's threads do all the time: a
     * wake-up that is lost is a thread that hangs.
     */
    private static final class SoundSleep implements Loop.Parking {
        private final AtomicBoolean permit = new AtomicBoolean();

        @Override
        public void park() {
            while (!permit.compareAndSet(true, false)) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void unpark(Thread thread) {
            permit.set(true);
        }
    }

    /** A loop, what it has handled, and its thread, which it tells when it handles something. */
    private static final class Subject {
        final List<Integer> handled = new CopyOnWriteArrayList<>();
        final AtomicReference<Thread> thread = new AtomicReference<>();
        final Loop<Integer> loop = new Loop<>("loop", this::handle, e -> {}, new SoundSleep());

        private void handle(int input) {
            thread.set(Thread.currentThread());
            handled.add(input);
        }

        void awaitHandled(int inputs) {
            while (handled.size() < inputs) {
                Thread.onSpinWait();
            }
        }

        /** Does not wait: under the model checker time stands still, and no deadline passes. */
        void askToStop() {
            loop.stop(System.nanoTime());
        }
    }

    @Test
    void everyInputIsHandledAndThoseOfOneThreadInOrder() {
        inEach(() -> {
            Subject subject = new Subject();
            subject.loop.start();
            Thread other = new Thread(() -> subject.loop.put(10));
            other.start();
            subject.loop.put(1);
            subject.loop.put(2);
            subject.awaitHandled(3);
            expect(subject.handled.indexOf(1) < subject.handled.indexOf(2), "1 before 2", subject.handled);
            expect(subject.handled.contains(10), "10 too", subject.handled);
            subject.askToStop();
            join(other);
        });
    }

    @Test
    void whatWasPutBeforeAStopIsHandledAndTheThreadEnds() {
        inEach(() -> {
            Subject subject = new Subject();
            subject.loop.start();
            Thread other = new Thread(() -> subject.loop.put(10));
            other.start();
            subject.loop.put(1);
            subject.askToStop();
            subject.awaitHandled(1);
            join(subject.thread.get());
            expect(subject.handled.contains(1), "1", subject.handled);
            join(other);
        });
    }
}
