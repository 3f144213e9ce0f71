package dev.faultline.conformance.pictures;

import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceFormat;
import dev.faultline.trace.TraceHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The events of a run as lines that fit a screen: the last ones, and where the whole is. */
public final class LastEvents {
    /** So many are shown. */
    public static final int SHOWN = 24;

    private LastEvents() {}

    /**
     * Returns the header and the events, a line each. If there are more than {@link #SHOWN}, the whole trace is written to a
     * new file in the folder for temporary files, whose name takes the place of what is left out.
     */
    public static List<String> lines(TraceHeader header, List<TraceEvent> trace) {
        List<String> lines = new ArrayList<>();
        int left = Math.max(0, trace.size() - SHOWN);
        if (left == 0) {
            lines.add(TraceFormat.write(header));
        } else {
            lines.add("(" + left + " events before these " + SHOWN + "; " + whole(header, trace) + ")");
        }
        trace.stream().skip(left).map(TraceFormat::write).forEach(lines::add);
        return lines;
    }

    private static String whole(TraceHeader header, List<TraceEvent> trace) {
        List<String> all = Stream.of(
                        Stream.of(TraceFormat.write(header)),
                        trace.stream().map(TraceFormat::write),
                        Stream.of(TraceFormat.end(trace.size())))
                .flatMap(lines -> lines)
                .toList();
        try {
            Path file = Files.createTempFile("faultline-", ".ndjson");
            Files.write(file, all);
            return "all are in " + file;
        } catch (IOException e) {
            return "no file of all of them could be written: " + e.getMessage();
        }
    }
}
