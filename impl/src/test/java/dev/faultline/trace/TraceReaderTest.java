package dev.faultline.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Content;
import dev.faultline.core.Cut;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.Event;
import dev.faultline.core.Kind;
import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Closed;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.core.OldBlock;
import dev.faultline.core.SegmentRange;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {
    private static final String DURABILITY = "\"durability\":\"at once\",";

    private static final TraceHeader HEADER =
            new TraceHeader(TraceHeader.VERSION, List.of("a1", "a2"), List.of("disk"), 2, 4, new Content(0));
    private static final String START =
            "{\"n\":1,\"time\":1,\"place\":\"a1\",\"action\":\"Start\",\"host\":\"h1\",\"location\":7}";

    @Test
    void everyKindOfEventComesBackAsItWas() {
        Command entries = new SetEntry(
                "a1",
                new SegmentRange("disk", 0, 2),
                List.of(Entry.at(5), new Entry(6, Set.of(EntryState.NO_WRITE, EntryState.INVALID), 1L << 30)),
                true);
        Command state = new SetEntryState("a2", SegmentRange.of("disk", 1), EntryState.NO_WRITE, true, 3, false);
        SegmentRange all = new SegmentRange("disk", 0, 2);
        Command question = new GetEntry("a1", all, false);
        Cut cut = new Cut(Map.of("snap", "disk", "snap \"2\"", "twin"));
        MappingFault fault = new MappingFault("a1", "disk", 1, Kind.WRITE);
        List<Event> events = List.of(
                new Event.Read("h \"1\"", "a1", "disk", 1, 3),
                new Event.Write("h1", "a1", "disk", 1, 3, new Content(-1)),
                new Event.Start("h1", 1L << 30),
                new Event.Retry("h1", Entry.NO_LOCATION),
                new Event.Fault("h1"),
                new Event.Reject("h1"),
                new Event.Perform("h1"),
                new Event.Complete("h1", new Content(Long.MIN_VALUE)),
                new Event.ApplyCommand(entries),
                new Event.AnswerCommand(state),
                new Event.ReceiveFault(fault),
                new Event.Refresh(fault),
                new Event.BeginCopy(fault, 9),
                new Event.CopyBlock(1, 2, new Content(3)),
                new Event.Switch(1, 4),
                new Event.LiftAfterCopy(1, 5),
                new Event.LiftUnshared(fault, 6),
                new Event.FinishJob(1),
                new Event.Inspect("a1", "disk"),
                new Event.ReceiveAnswer(new Answer(question, List.of(Entry.NONE, Entry.ERROR.under(7)))),
                new Event.AskSnapshot(cut),
                new Event.Quiesce(cut, 8),
                new Event.Freeze(cut, 9),
                new Event.CopyTable(cut, 10),
                new Event.Activate(cut, 11),
                new Event.AnswerSnapshot(cut),
                new Event.AskDeletion("disk"),
                new Event.Delete("disk", 12),
                new Event.Remove("disk", List.of(3L, Entry.NO_LOCATION)),
                new Event.Open("a1", "disk"),
                new Event.ReceiveOpen(new OpenDisk("a1", "disk", 1)),
                new Event.ReceiveOpened(new Opened("a1", "disk", 1, List.of(0L, 7L))),
                new Event.Close("a1", "disk"),
                new Event.ReceiveClose(new CloseDisk("a1", "disk", 1)),
                new Event.ReceiveClosed(new Closed("a1", "disk", 1)),
                new Event.RemindOpening("a1", "disk"),
                new Event.Lose(new OpenDisk("a1", "disk", 1)),
                new Event.Lose(new Opened("a1", "disk", 1, List.of(0L, 7L))),
                new Event.Repeat(new CloseDisk("a1", "disk", 1)),
                new Event.Repeat(new Closed("a1", "disk", 1)),
                new Event.Create("new", 14),
                new Event.BeginFill(fault, 10),
                new Event.Offer("a1", "disk", 1),
                new Event.ForgetOffer(new MappingFault("a1", "disk", 1, Kind.TRIM)),
                new Event.Hold(new MappingFault("a1", "disk", 1, Kind.TRIM), 15),
                new Event.CheckBlock(1, 2, new Content(0)),
                new Event.Vacate(1, 16, Entry.NO_LOCATION),
                new Event.RefuseWrite(fault),
                new Event.ReceiveFull(new Full("a1", "disk", 1)),
                new Event.Fail("h1"),
                new Event.Release(1, 17),
                new Event.Flush("h1", "a1", "disk"),
                new Event.FlushCopy(1),
                new Event.FlushHeld(1),
                new Event.FlushDisks(cut),
                new Event.LosePower(List.of(new OldBlock(9, 2, new Content(3)))),
                new Event.Reconnect(),
                new Event.CrashAgent("a1"),
                new Event.Abandon("h1"),
                new Event.Refuse("h1"),
                new Event.Join("a3"),
                new Event.Fence("a1"),
                new Event.CrashController(),
                new Event.Recover(13),
                new Event.FinishRecovery(),
                new Event.Lose(entries),
                new Event.Lose(fault),
                new Event.Repeat(new Answer(question, List.of(Entry.NONE, Entry.ERROR.under(7)))),
                new Event.Resend(state),
                new Event.Remind("h1"),
                new Event.ApplyCommand(question),
                new Event.ApplyCommand(new QuiesceDisk("a1", all, 8, true)),
                new Event.ApplyCommand(new ActivateDisk("a1", all, 11, false)));
        assertThat(events.stream().map(Event::action).distinct()).hasSameSizeAs(Event.class.getPermittedSubclasses());

        StringBuilder text = new StringBuilder(TraceFormat.write(HEADER)).append('\n');
        long n = 0;
        for (Event event : events) {
            n++;
            text.append(TraceFormat.write(new TraceEvent(n, n, "everywhere", event)))
                    .append('\n');
        }
        text.append(TraceFormat.end(n)).append('\n');
        List<Event> read = new ArrayList<>();
        try (TraceReader reader = reader(text.toString())) {
            assertThat(reader.header()).isEqualTo(HEADER);
            for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
                read.add(event.event());
            }
        }
        assertThat(read).isEqualTo(events);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Start | Stop | line 2: unknown action 'Stop'",
                "\"h1\" | 17 | line 2: field 'host' must be a text, not 17",
                "7} | \"7\"} | line 2: field 'location' must be a whole number from -1073741824 to 1073741824, not '7'",
                "7} | 7,\"more\":1} | line 2: Start has no field 'more'",
                ",\"location\":7 | `` | line 2: field 'location' of Start is missing",
                "\"n\":1 | \"n\":2 | line 2: place a1: event 2 is its first, which should be 1",
                "\"n\":1 | \"n\":1.5 | line 2: field 'n' is missing or not a whole number",
                "7} | 7 | line 2: this is not a JSON object, or not a whole one",
                "7} | 7} x | line 2: ",
                "7} | -3000000000} | line 2: field 'location' must be a whole number from -1073741824 to 1073741824, not -3000000000",
                "7} | 9000000000} | line 2: field 'location' must be a whole number from -1073741824 to 1073741824, not 9000000000",
                "7} | 7,\"location\":8} | line 2: field 'location' is there twice",
                "\"n\":1 | \"n\":7,\"n\":1 | line 2: field 'n' is there twice",
                "{\"n\" | [\"n\" | line 2: this is not a JSON object, or not a whole one",
            })
    void aLineThatCannotBeReadIsRefusedWithItsNumber(String part, String instead, String message) {
        String line = START.replace(part, instead);
        assertThat(line).isNotEqualTo(START);
        assertThatThrownBy(() -> readAll(TraceFormat.write(HEADER) + "\n" + line + "\n"))
                .isInstanceOf(UnusableTraceException.class)
                .hasMessageStartingWith("test: " + message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aLineThatIsNotInAsciiIsRefused() {
        for (Charset charset :
                List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, Charset.forName("UTF-32"))) {
            assertThatThrownBy(() -> TraceFormat.readLine(START.getBytes(charset)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("JSON object");
        }
        assertThatThrownBy(() -> TraceFormat.readLine(new byte[] {0, 0, 0, 0x7b, 1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(TraceFormat.readLine(START.getBytes(StandardCharsets.UTF_8))).isInstanceOf(TraceEvent.class);
        for (String other : List.of("\ufeff" + START, START.replace("a1", "\u00e4"))) {
            assertThatThrownBy(() -> TraceFormat.readLine(other.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("this is not a JSON object in ASCII");
        }
    }

    /** A terminal would obey some characters, if they were shown as they are. */
    @Test
    void everyTextCanBeShown() {
        for (String odd : List.of("\\u001b[31m", "\\n", "\\u007f", "\\u0085", "\\u202e", "\\u2028")) {
            assertThatThrownBy(() -> TraceFormat.readEvent(
                            START.replace("\"h1\"", "\"h1" + odd + "\"").getBytes(StandardCharsets.US_ASCII)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("the name 'h1\\\\u[0-9a-f]{4}.*' has a character that cannot be shown");
            assertThatThrownBy(() -> TraceFormat.readEvent(
                            START.replace("\"host\"", "\"ho" + odd + "\"").getBytes(StandardCharsets.US_ASCII)))
                    .hasMessageStartingWith("the name 'ho\\u");
        }
        for (String name : List.of(
                "H\\u00f4te",
                "\\u4e3b\\u673a",
                "\\u0645\\u06cc\\u200c\\u0632\\u0628\\u0627\\u0646",
                "\\ud83d\\udcbe")) {
            String line = START.replace("\"h1\"", "\"" + name + "\"");
            assertThat(TraceFormat.write(TraceFormat.readEvent(line.getBytes(StandardCharsets.US_ASCII))))
                    .isEqualToIgnoringCase(line);
        }
    }

    @Test
    void aHeaderThatCannotBeCheckedIsRefused() {
        String header = TraceFormat.write(HEADER);
        assertThatThrownBy(() -> readAll(header.replace("\"a1\"", "\"a\\n\"") + "\n"))
                .hasMessageContaining("line 1: the name 'a\\u000a' has a character that cannot be shown");
        assertThatThrownBy(() -> readAll(header.replace("\"a1\"", "\"a\\u00e4\"") + "\n"))
                .hasMessageContaining("line 1: the name 'aä'")
                .hasMessageContaining("printable ASCII");
        assertThatThrownBy(() -> readAll(header.replace("[\"disk\"]", "[\"disk\",\"disk\"]") + "\n"))
                .hasMessageContaining("line 1: no two agents and no two disks have the same name");
        assertThatThrownBy(() -> readAll(header.replaceAll("\"blocks\":\\d+", "\"blocks\":2147483647") + "\n"))
                .hasMessageContaining("line 1: at most 1000 agents, 1000 disks and 4096 blocks");
    }

    @Test
    void aTraceThatIsCutIsRefused() {
        String noEnd = TraceFormat.write(HEADER) + "\n" + START + "\n";
        String whole = noEnd + TraceFormat.end(1) + "\n";
        readAll(whole);
        assertThatThrownBy(() -> readAll(noEnd))
                .hasMessage("test: the trace has no end after 1 events: it was cut, or the system that wrote it has not"
                        + " stopped");
        assertThatThrownBy(() -> readAll(whole.substring(0, whole.length() - 1)))
                .hasMessage("test: line 3: the trace ends in the middle of a line");
        assertThatThrownBy(() -> readAll(whole.substring(0, 20)))
                .hasMessage("test: line 1: the trace ends in the middle of a line");
    }

    @Test
    void aTraceWithoutAnEndIsReadAsFarAsItGoesIfThatIsWanted() {
        String noEnd = TraceFormat.write(HEADER) + "\n" + START + "\n";
        try (TraceReader reader = TraceReader.open("test", bytes(noEnd), false)) {
            assertThat(reader.next()).isNotNull();
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void anEndThatIsNotTheEndIsRefused() {
        String noEnd = TraceFormat.write(HEADER) + "\n" + START + "\n";
        assertThatThrownBy(() -> readAll(noEnd + TraceFormat.end(2) + "\n"))
                .hasMessage("test: line 3: the trace should have 2 events here, but there are 1");
        assertThatThrownBy(() -> readAll(noEnd + TraceFormat.end(1) + "\n" + START + "\n"))
                .hasMessage("test: line 4: there is something after the end of the trace");
    }

    @Test
    void inOlderVersionsAllAgentsMapAllDisks() {
        String now = TraceFormat.write(HEADER);
        String bounded = now.replace("\"faultline\":11", "\"faultline\":7")
                .replace("\"capacity\":0,", "")
                .replace(DURABILITY, "");
        String old = bounded.replace("\"mapping\":\"all\",", "");
        assertThat(old).isNotEqualTo(now).doesNotContain("mapping");
        try (TraceReader reader = reader(old + "\n" + TraceFormat.end(0) + "\n")) {
            assertThat(reader.header()).isEqualTo(HEADER);
        }
        assertThatThrownBy(() -> readAll(bounded + "\n"))
                .hasMessage("test: line 1: version 7 of the trace format has no field 'mapping'");
        assertThatThrownBy(() -> readAll(now.replace("\"all\"", "\"none\"") + "\n"))
                .hasMessage("test: line 1: field 'mapping' must be one of [all, opened], not 'none'");
    }

    @Test
    void inOlderVersionsStorageIsNeverFull() {
        String now = TraceFormat.write(HEADER);
        String same = now.replace("\"faultline\":11", "\"faultline\":8").replace(DURABILITY, "");
        String old = same.replace("\"capacity\":0,", "");
        assertThat(old).isNotEqualTo(same);
        try (TraceReader reader = reader(old + "\n" + TraceFormat.end(0) + "\n")) {
            assertThat(reader.header()).isEqualTo(HEADER);
        }
        assertThatThrownBy(() -> readAll(same + "\n"))
                .hasMessage("test: line 1: version 8 of the trace format has no field 'capacity'");
        assertThatThrownBy(() -> readAll(old.replace("\"faultline\":8", "\"faultline\":9") + "\n"))
                .hasMessage(
                        "test: line 1: version 9 of the trace format, but only versions 5, 6, 7, 8, 10 and 11 can be read");
        assertThatThrownBy(() -> readAll(now.replace("\"capacity\":0", "\"capacity\":1") + "\n"))
                .hasMessage("test: line 1: the disks have 2 locations in the beginning, but storage has only 1");
    }

    @Test
    void anAgentIsNotTakenForTheController() {
        assertThatThrownBy(() -> readAll(TraceFormat.write(HEADER).replace("\"a1\"", "\"controller\"") + "\n"))
                .hasMessage("test: line 1: no agent can be called controller");
    }

    @Test
    void inOlderVersionsStorageLosesNothing() {
        String now = TraceFormat.write(HEADER);
        String same = now.replace("\"faultline\":11", "\"faultline\":10");
        try (TraceReader reader = reader(same.replace(DURABILITY, "") + "\n" + TraceFormat.end(0) + "\n")) {
            assertThat(reader.header()).isEqualTo(HEADER);
        }
        assertThatThrownBy(() -> readAll(same + "\n"))
                .hasMessage("test: line 1: version 10 of the trace format has no field 'durability'");
        assertThatThrownBy(() -> readAll(now.replace("\"at once\"", "\"never\"") + "\n"))
                .hasMessage("test: line 1: field 'durability' must be one of [at once, when flushed], not 'never'");
    }

    @Test
    void whatIsNoTraceIsRefused() {
        assertThatThrownBy(() -> readAll("")).hasMessage("test: the trace is empty");
        assertThatThrownBy(() -> readAll("{}\n"))
                .hasMessage("test: line 1: this is not a Faultline trace: field 'faultline' is missing");
        assertThatThrownBy(() -> readAll("{\"faultline\":99}\n"))
                .hasMessage(
                        "test: line 1: version 99 of the trace format is newer than this program, but only versions 5, 6, 7, 8, 10 and 11 can be read");
        assertThatThrownBy(() -> readAll("{\"faultline\":4}\n"))
                .hasMessage(
                        "test: line 1: version 4 of the trace format, but only versions 5, 6, 7, 8, 10 and 11 can be read");
        assertThatThrownBy(() -> TraceSource.open(Path.of("no-such-file.ndjson")))
                .hasMessage("no-such-file.ndjson: there is no such file");
    }

    @Test
    void anEventBeforeItsTimeIsRefused() {
        String late = START.replace("\"time\":1", "\"time\":9");
        String early = START.replace("\"place\":\"a1\"", "\"place\":\"a2\"");
        assertThatThrownBy(() -> readAll(TraceFormat.write(HEADER) + "\n" + late + "\n" + early + "\n"))
                .hasMessage("test: line 3: time 1 comes after time 9");
    }

    @Test
    void aLineMayBeLongerThanTheBuffer() {
        String host = "h".repeat(200_000);
        String text = TraceFormat.write(HEADER) + "\n" + START.replace("h1", host) + "\n" + TraceFormat.end(1) + "\n";
        try (TraceReader reader = reader(text)) {
            TraceEvent event = reader.next();
            assertThat(event).isNotNull();
            assertThat(event.event()).isEqualTo(new Event.Start(host, 7));
            assertThat(reader.next()).isNull();
        }
    }

    private static TraceReader reader(String text) {
        return TraceReader.open("test", bytes(text), true);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void readAll(String text) {
        try (TraceReader reader = reader(text)) {
            while (reader.next() != null) {
                // Only to the end.
            }
        }
    }
}
