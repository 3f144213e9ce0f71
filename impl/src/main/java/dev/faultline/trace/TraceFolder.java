package dev.faultline.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a trace's folder: which belong together, and which do not belong to it. A file that was rotated has a
 * number in its name, {@code a1.2.ndjson}. In which order they are their events say: some rotate with the newest first,
 * some with the oldest. A place may have a number at the end of its name too, so what a file is a part of its first event
 * says; one without an event is the last part, if there are others.
 *
 * @param places the files of each place, in order, by the name of the first one
 * @param passedOver the files that have other names, and do not begin like traces either
 */
record TraceFolder(List<List<Path>> places, List<Path> passedOver) {
    /** What a file is called at its end, before what says that it is compressed. */
    static final String SUFFIX = ".ndjson";

    private static final Pattern NAME =
            Pattern.compile("(?<stem>.*?)(?:\\.(?<number>\\d+))?\\.ndjson(?:\\.gz|\\.zst)?");

    /**
     * A file that is called like a part of a trace.
     *
     * @param number what a file that was rotated has in its name, or a place whose name ends in a number
     * @param first its first event, if it has one and it was looked for
     */
    private record Part(
            Path path,
            String stem,
            @Nullable String number,
            @Nullable TraceEvent first) {
        long n() {
            return first == null ? Long.MAX_VALUE : first.n();
        }

        Part withFirst() {
            return new Part(path, stem, number, firstEvent(path));
        }
    }

    /** Looks at a folder. */
    static TraceFolder of(Path folder) {
        List<Path> others = new ArrayList<>();
        List<Part> named = new ArrayList<>();
        for (Path file : list(folder)) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
                named.add(new Part(file, name.group("stem"), name.group("number"), null));
            } else {
                others.add(file);
            }
        }
        // Mostly there is one file of each place, and none need be opened twice.
        Set<String> stems = new HashSet<>();
        if (named.stream().anyMatch(part -> part.number() != null || !stems.add(part.stem()))) {
            named.replaceAll(Part::withFirst);
        }
        Set<String> whole = named.stream()
                .map(Part::first)
                .filter(Objects::nonNull)
                .map(first -> fileOf(first.place()))
                .collect(Collectors.toSet());
        Map<String, List<Part>> parts = new TreeMap<>();
        for (Part part : named) {
            // The last part may hold nothing but the end.
            boolean rotated = part.number() != null
                    && (part.first() == null
                            ? whole.contains(part.stem())
                            : fileOf(part.first().place()).equals(part.stem()));
            String file = part.number() == null || rotated ? part.stem() : part.stem() + "." + part.number();
            parts.computeIfAbsent(file, f -> new ArrayList<>()).add(part);
        }
        if (parts.isEmpty()) {
            throw new UnusableTraceException(folder + ": there is no trace in this folder, no file *" + SUFFIX);
        }
        others.forEach(TraceFolder::expectNoTrace);
        return new TraceFolder(
                parts.values().stream()
                        .map(each -> each.stream()
                                .sorted(Comparator.comparingLong(Part::n))
                                .map(Part::path)
                                .toList())
                        .toList(),
                others);
    }

    /** Returns the files of a folder that are called like parts of traces; none if there is no folder any more. */
    static List<Path> named(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return list(folder).stream()
                .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                .toList();
    }

    /** Returns what the file of a place is called, without its suffix. */
    static String fileOf(String place) {
        return URLEncoder.encode(place, StandardCharsets.UTF_8);
    }

    /** Returns whether there is a file that is called like this place's. */
    boolean has(String place) {
        return places.stream().flatMap(List::stream).anyMatch(file -> isOf(file, place));
    }

    /** Returns whether a file is called like this place's. */
    static boolean isOf(Path file, String place) {
        String wanted = fileOf(place);
        String name = file.getFileName().toString();
        return name.equals(wanted + SUFFIX) || name.startsWith(wanted + ".");
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UnusableTraceException(folder + ": cannot be read: " + e.getMessage());
        }
    }

    /** Returns the first event, if it can be read; what is wrong with the file is said when it is read in its turn. */
    private static @Nullable TraceEvent firstEvent(Path file) {
        try (TraceLines lines = new TraceLines(file.toString(), TraceInput.plain(TraceInput.raw(file)))) {
            byte[] line = lines.next();
            if (line != null && TraceFormat.isHeader(line)) {
                line = lines.next();
            }
            Record first = line == null ? null : TraceFormat.readLine(line);
            while (first instanceof TraceQuiet) {
                line = lines.next();
                first = line == null ? null : TraceFormat.readLine(line);
            }
            return first instanceof TraceEvent event ? event : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static void expectNoTrace(Path file) {
        try (TraceLines lines = new TraceLines(file.toString(), TraceInput.plain(TraceInput.raw(file)))) {
            byte[] line = lines.next();
            if (line != null && TraceFormat.isHeader(line)) {
                throw new UnusableTraceException(
                        file + ": this is a part of the trace, but would be passed over for its"
                                + " name: it must end in " + SUFFIX + ", " + SUFFIX + ".gz or " + SUFFIX + ".zst");
            }
        } catch (IOException e) {
            // Whatever it is, it is no trace.
        }
    }
}
