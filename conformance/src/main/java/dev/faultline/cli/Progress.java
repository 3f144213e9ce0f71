package dev.faultline.cli;

import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error how far a long task is: by a bar if somebody looks at a terminal, by a line for each step
 * elsewhere. For one thread at a time.
 */
final class Progress implements AutoCloseable {
    private static final int UPDATE_MILLIS = 200;

    private final PrintWriter err;
    private final int steps;
    private final @Nullable ProgressBar bar;
    private int done;

    Progress(String task, int steps, PrintWriter err) {
        this.err = err;
        this.steps = steps;
        this.bar = !Terminal.isWatched()
                ? null
                : new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(steps)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(UPDATE_MILLIS)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err))
                        .build();
    }

    /** Tells that one more step is done. */
    void step(String what) {
        done++;
        if (bar == null) {
            err.printf(Locale.ROOT, "[%d/%d] %s%n", done, steps, what);
            err.flush();
        } else {
            bar.setExtraMessage(" " + what);
            bar.stepTo(done);
            if (done == steps) {
                bar.close(); // what comes next is not written over
            }
        }
    }

    /** Leaves the bar as it is. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
