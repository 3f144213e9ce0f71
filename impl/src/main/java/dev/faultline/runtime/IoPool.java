package dev.faultline.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The threads that wait for storage, so that no loop of the protocol has to. Any thread may submit tasks. */
final class IoPool {
    private final List<Loop<Task>> workers = new ArrayList<>();

    /** Something to do with storage; if it throws, the cluster fails. */
    interface Task {
        void run() throws IOException;
    }

    IoPool(int threads, Consumer<Throwable> onFailure) {
        for (int i = 1; i <= threads; i++) {
            workers.add(new Loop<>("faultline-io-" + i, Task::run, onFailure));
        }
    }

    List<Loop<Task>> loops() {
        return workers;
    }

    /** Has a task run on the thread that a number stands for; tasks of the same number run in order. Never blocks. */
    void submit(long number, Task task) {
        workers.get(Math.floorMod(number, workers.size())).put(task);
    }
}
