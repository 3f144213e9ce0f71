package dev.faultline.conformance.bench;

import dev.faultline.conformance.names.Naming;
import dev.faultline.conformance.projection.ActiveIo;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.projection.Plain;
import dev.faultline.conformance.projection.Projection;
import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.spec.model.Expectation;
import dev.faultline.spec.model.Exploration;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.ModelChecker;
import dev.faultline.spec.model.ModelResult;
import dev.faultline.spec.model.Suite;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import dev.faultline.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Checks a trace as is commonly done, to compare: a TLC process for each trace, whose next-state relation takes the events
 * one after the other, and hidden steps between them. The trace is part of the module. It must be of disks with one
 * segment.
 */
final class TlcProcessCheck {
    private static final String MODULE = "TraceOfTlc";
    private static final String WHOLE = "whole trace";

    private final Path folder;
    private final TraceHeader header;

    /**
     * Writes the module of a trace.
     *
     * @param folder an empty folder for it; the caller deletes it
     */
    TlcProcessCheck(Path trace, Path folder) throws IOException {
        this.folder = folder;
        try (TraceSource source = TraceSource.open(trace)) {
            header = source.header();
            if (header.segments() != 1) {
                throw new IllegalArgumentException("disks with one segment are wanted, not " + header.segments());
            }
            SliceSpec.write(header, folder);
            Files.writeString(folder.resolve(MODULE + ".tla"), module(source));
            Files.writeString(
                    folder.resolve(MODULE + ".cfg"),
                    SliceSpec.constants(header) + "INIT TraceInit\nNEXT TraceNext\nINVARIANT Situations\n"
                            + "CHECK_DEADLOCK FALSE\n");
        }
    }

    /**
     * Starts TLC, and waits for its end.
     *
     * @return the seconds that it took, the start of the process included
     * @throws IllegalStateException if it does not accept the trace
     */
    double seconds() throws InterruptedException {
        Model model = new Model(
                MODULE,
                folder.resolve(MODULE + ".tla"),
                folder.resolve(MODULE + ".cfg"),
                Suite.QUICK,
                new Exploration.Exhaustive(),
                new Expectation.Holds(OptionalLong.empty(), OptionalInt.empty()),
                1,
                Optional.of("4g"),
                Optional.empty(),
                Set.of(WHOLE),
                Optional.empty(),
                "");
        Path models = SliceSpec.modules().resolveSibling("models");
        ModelResult result = new ModelChecker(List.of(SliceSpec.modules(), models), OptionalInt.of(1))
                .check(List.of(model), each -> {})
                .get(0);
        if (!result.asExpected()) {
            throw new IllegalStateException("TLC does not accept the trace: " + result);
        }
        return result.time().toNanos() / 1e9;
    }

    private String module(TraceSource source) {
        try (LoadedSpec spec = SliceSpec.load(header)) {
            Projection projection = new Projection(spec, header, host -> ActiveIo.NONE, location -> 0);
            Naming names = new Naming(header, 0);
            Plain plain = new Plain(spec);
            List<String> events = new ArrayList<>();
            Map<String, Integer> actions = new TreeMap<>();
            for (TraceEvent event = source.next(); event != null; event = source.next()) {
                Claim claim = event.event().accept(projection);
                SpecAction action = claim.action();
                SpecValue[] arguments = plain.values(claim.arguments().apply(names));
                actions.put(action.name(), arguments.length);
                events.add("<<\"" + action.name() + "\", "
                        + Arrays.stream(arguments).map(SpecValue::toString).collect(Collectors.joining(", ")) + ">>");
            }
            String cases = actions.entrySet().stream()
                    .map(action -> "e[1] = \"" + action.getKey() + "\" -> " + call(action.getKey(), action.getValue()))
                    .collect(Collectors.joining("\n      [] "));
            return String.format(Locale.ROOT, """
                    ---- MODULE %s ----
                    EXTENDS %s, Reaching, Sequences
                    VARIABLE at
                    Events == <<
                    %s
                    >>
                    Step(e) ==
                      CASE %s
                    TraceInit == Init /\\ at = 1
                    TraceNext ==
                      /\\ at <= Len(Events)
                      /\\ \\/ Step(Events[at]) /\\ at' = at + 1
                         \\/ at' = at /\\ \\E h \\in DOMAIN ios : Perform(h)
                    Situations == Met(1, "%s", at = Len(Events) + 1)
                    ====
                    """, MODULE, SliceSpec.MODULE, String.join(",\n", events), cases, WHOLE);
        }
    }

    private static String call(String action, int arguments) {
        return arguments == 0
                ? action
                : IntStream.range(0, arguments)
                        .mapToObj(i -> "e[" + (i + 2) + "]")
                        .collect(Collectors.joining(", ", action + "(", ")"));
    }
}
