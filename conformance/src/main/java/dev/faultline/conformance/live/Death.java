package dev.faultline.conformance.live;

import dev.faultline.conformance.pictures.Waits;
import dev.faultline.runtime.ClusterException;
import dev.faultline.runtime.Cores;
import dev.faultline.runtime.NoAnswerException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** Says what a running system died of. */
public final class Death {
    private static final int MOST_LINES = 30;
    private static final int FRAMES_TOLD = 6;

    private Death() {}

    /** Returns whether it is the system's own doing, and not that of a disk which is full, or the like. */
    public static boolean isOfTheSystem(ClusterException exception) {
        return ExceptionUtils.getThrowableList(exception).stream()
                .noneMatch(cause -> cause instanceof IOException || cause instanceof SQLException);
    }

    /** Returns it for people: who waited for what if somebody got no answer, or what was thrown, and where. */
    public static String text(ClusterException exception) {
        return ExceptionUtils.getThrowableList(exception).stream()
                .filter(NoAnswerException.class::isInstance)
                .map(NoAnswerException.class::cast)
                .findFirst()
                .map(none -> "somebody got no answer: " + none.getMessage() + waits(none.cores()))
                .orElseGet(() -> "the system died: " + exception.getMessage() + frames(exception));
    }

    private static String waits(Cores cores) {
        List<String> lines = new ArrayList<>();
        if (cores.controller() == null) {
            lines.add("the controller's thread is stuck or has ended");
        } else {
            lines.addAll(Waits.lines(cores.agents(), cores.controller(), null));
        }
        if (lines.isEmpty()) {
            lines.add(
                    "when its time was over, nobody waited for anything any more: the answer was only late, or got lost");
        }
        int left = lines.size() - MOST_LINES;
        return "\n  " + String.join("\n  ", lines.subList(0, Math.min(lines.size(), MOST_LINES)))
                + (left > 0 ? "\n  and " + left + " more" : "");
    }

    private static String frames(ClusterException exception) {
        StringBuilder text = new StringBuilder();
        Stream.of(ExceptionUtils.getRootCause(exception).getStackTrace())
                .limit(FRAMES_TOLD)
                .forEach(frame -> text.append("\n    at ").append(frame));
        return text.toString();
    }
}
