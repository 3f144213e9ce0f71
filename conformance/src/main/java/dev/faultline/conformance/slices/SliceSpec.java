package dev.faultline.conformance.slices;

import dev.faultline.core.Durability;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.trace.TraceHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Loads the protocol's spec for the slices of a trace: the very modules that TLC checks, with the constants of the
 * traced system, and one segment. Names, locations and contents are not bounded. Whether all locations are in use, a slice
 * does not know: a write may be refused there at any time, and who knows all slices looks at it.
 *
 * <p>A command of a recovery addresses all segments, and one about a single segment may be the same in all else. They stay
 * two different commands in a slice: there, one that brings the entries of several segments addresses segment 1 too, which
 * stands for the others.
 */
public final class SliceSpec {
    public static final String MODULE = "TraceSlice";

    /** What {@link Steps} asks a state, to be in every module that it is used with. */
    public static final String OF_STEPS = """
            Overlapping(h, kind) ==
              {g \\in DOMAIN ios \\ {h} : /\\ ios[g].kind = kind
                                        /\\ ios[g].phase = "started"
                                        /\\ ios[h].location # NoLocation
                                        /\\ ios[g].location = ios[h].location
                                        /\\ ios[g].block = ios[h].block}
            Writes(h) == ios[h].kind = "write"
            StoredFor(h) == Behind(ios[h].location)[ios[h].block]
            IsFlush(h) == h \\in DOMAIN ios /\\ ios[h].kind = "flush"
            AllStarted == {h \\in DOMAIN ios : ios[h].kind \\in Kinds /\\ ios[h].phase = "started"}
            StartedBy(a) == {h \\in AllStarted : ios[h].agent = a}""";

    /** What stands for which agents map a disk, where they have to open it; see module MappingOpening. */
    private static final String OPENED = """
              Mappers <- Openers
              Maps <- HasOpen
              Keeps <- ListensTo
            """;

    /** What stands for whether all locations are in use, where only those of one segment are known. */
    private static final String OF_ONE_SEGMENT = "  RefusesOnlyWhenFull <- TraceAnytime\n";

    /** What stands for a storage that loses what is not flushed. */
    private static final String WITH_CACHE = "  StorageCaches <- TraceAnytime\n";

    /** What the system does of itself besides, with such a storage. */
    private static final String FLUSHING = """
            \\/ \\E s \\in DOMAIN jobs : FlushCopy(s) \\/ FlushHeld(s)
            \\/ \\E g \\in DOMAIN clones : FlushDisks(g)
            \\/ Reconnect
            """;

    private static final String UNBOUNDED = "Nat";
    private static final String CONFIG = "INIT Init\nNEXT SystemStep\n";

    private SliceSpec() {}

    /** Returns the folder with the spec's modules, of the checkout that {@code faultline.home} names. */
    public static Path modules() {
        return Path.of(System.getProperty("faultline.home", ".")).resolve("spec/modules");
    }

    /** Loads the spec for traces with this header. */
    public static LoadedSpec load(TraceHeader header) {
        return load(header, UNBOUNDED, constants(header));
    }

    /**
     * Loads the spec for a bounded system whose disks have one segment. Its next-state relation has what the system does
     * of itself; what is done to it is left out.
     *
     * @param locations how many locations there are, if the header does not say
     */
    public static LoadedSpec load(TraceHeader header, int locations) {
        int firstDisks = header.disks().size();
        // As Naming calls them.
        String all = header.capacity() == MappingTables.UNBOUNDED
                ? "0.." + (locations - 1)
                : "0.." + (firstDisks - 1) + " \\union " + 2 * firstDisks + ".." + (header.capacity() + firstDisks - 1);
        return load(header, all, constantsOfAll(header));
    }

    /** Writes the module for traces with this header to a folder. */
    public static void write(TraceHeader header, Path folder) throws IOException {
        Files.writeString(folder.resolve(MODULE + ".tla"), moduleText(header, UNBOUNDED));
    }

    /** Returns the text of all that the spec for traces with this header is made of, but for the files of {@link #modules}. */
    public static String text(TraceHeader header) {
        return moduleText(header, UNBOUNDED) + CONFIG + constants(header);
    }

    private static LoadedSpec load(TraceHeader header, String locations, String constants) {
        try {
            Path folder = Files.createTempDirectory("faultline-slice");
            Path module = folder.resolve(MODULE + ".tla");
            Path config = folder.resolve(MODULE + ".cfg");
            try {
                Files.writeString(module, moduleText(header, locations));
                Files.writeString(config, CONFIG + constants);
                return LoadedSpec.load(module, config, modules());
            } finally {
                Files.deleteIfExists(module);
                Files.deleteIfExists(config);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String moduleText(TraceHeader header, String locations) {
        List<String> disks = header.disks();
        String agents = header.agents().stream().map(SliceSpec::quoted).collect(Collectors.joining(", "));
        String tables = IntStream.range(0, disks.size())
                .mapToObj(i -> "(" + quoted(disks.get(i)) + " :> [s \\in {0} |-> [location |-> " + i
                        + ", states |-> {}, version |-> 0]])")
                .collect(Collectors.joining(" @@ "));
        return String.format(
                Locale.ROOT,
                """
                ---- MODULE %s ----
                EXTENDS MappingProperties, TLC
                TraceNames == STRING
                TraceAgents == {%s}
                TraceNumbers == %s
                TraceBlocks == 0..%d
                TraceAnytime == TRUE
                TraceFirstTable == %s
                TraceRecoveryCommands ==
                  UNION {{[SetEntry(a, d, Segments, table'[d], TRUE) EXCEPT !.segments = @ \\union %s] :
                            a \\in Mappers(d)} : d \\in DOMAIN table}
                %s
                SystemStep ==
                  \\/ \\E h \\in DOMAIN ios : IoStep(h) \\/ Abandon(h) \\/ Refuse(h) \\/ Remind(h)
                  \\/ CommandStep
                  \\/ FaultStep
                  \\/ \\E s \\in DOMAIN jobs : JobStep(s)
                  \\/ \\E g \\in DOMAIN clones :
                       \\/ Quiesce(g, NewVersion)
                       \\/ Freeze(g, NewVersion)
                       \\/ CopyTable(g, NewVersion)
                       \\/ Activate(g, NewVersion)
                       \\/ AnswerSnapshot(g)
                  \\/ \\E d \\in DOMAIN deletions :
                       \\/ Delete(d, NewVersion)
                       \\/ \\E freed \\in SUBSET DOMAIN storage : Remove(d, freed)
                  \\/ Recover(NewVersion)
                  \\/ FinishRecovery
                  \\/ \\E a \\in running : \\E d \\in DOMAIN opened[a] : RemindOpening(a, d)
                  \\/ \\E m \\in OfType("open") : ReceiveOpen(m)
                  \\/ \\E m \\in OfType("opened") : ReceiveOpened(m)
                  \\/ \\E m \\in OfType("close") : ReceiveClose(m)
                  \\/ \\E m \\in OfType("closed") : ReceiveClosed(m)
                  \\/ \\E f \\in faults :
                       ForgetOffer(f) \\/ Hold(f, NewVersion) \\/ RefuseWrite(f) \\/ \\E l \\in Locations : BeginFill(f, l)
                  \\/ \\E m \\in OfType("full") : ReceiveFull(m)
                  \\/ \\E c \\in Awaited : Resend(c)
                %s====
                """,
                MODULE,
                agents,
                locations,
                header.blocks() - 1,
                tables,
                header.segments() > 1 ? "{1}" : "{}",
                OF_STEPS.replace("\n", "\n                "),
                header.durability() == Durability.WHEN_FLUSHED ? FLUSHING.indent(2) : "");
    }

    /** Returns the part of a configuration that gives the constants their values for the slices of a trace. */
    public static String constants(TraceHeader header) {
        return constantsOfAll(header) + OF_ONE_SEGMENT;
    }

    private static String constantsOfAll(TraceHeader header) {
        return String.format(Locale.ROOT, """
                CONSTANTS
                  Segments = {0}
                  Zero = %s
                  Agents <- TraceNames
                  FirstAgents <- TraceAgents
                  Hosts <- TraceNames
                  Disks <- TraceNames
                  Contents <- TraceNames
                  Locations <- TraceNumbers
                  Blocks <- TraceBlocks
                  FirstTable <- TraceFirstTable
                  RecoveryCommands <- TraceRecoveryCommands
                """, quoted(header.zero().toString()))
                + (header.mapping() == Mapping.OPENED ? OPENED : "")
                + (header.durability() == Durability.WHEN_FLUSHED ? WITH_CACHE : "");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
