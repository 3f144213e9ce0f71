package dev.faultline.conformance.tampering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.tampering.Tampering.Kind;
import dev.faultline.conformance.tampering.Tampering.Row;
import dev.faultline.core.EntryState;
import dev.faultline.core.Event;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.core.SegmentRange;
import dev.faultline.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TamperingTest {
    private static final List<Row> ROWS = new ArrayList<>();

    @BeforeAll
    static void tamper() {
        try (Conformance conformance = new Conformance()) {
            ROWS.addAll(Tampering.run(conformance, 4, 10));
        }
    }

    @Test
    void whatIsAcceptedAllTheSameIsExplainedAndMostIsRejected() {
        assertThat(ROWS)
                .allSatisfy(row -> assertThat(row.unexplained()).as(row.what()).isZero());
        assertThat(rejected(Kind.DROP)).isGreaterThan(30);
        assertThat(rejected(Kind.DUPLICATE)).isGreaterThan(35);
        assertThat(rejected(Kind.ALTER)).isGreaterThan(400);
        assertThat(rejected(Kind.SWAP)).isGreaterThan(8);
    }

    /** Nor a flush that says another disk: it makes all of storage durable, so that nothing depends on which it is of. */
    @Test
    void noFieldButNumbersAndTimesIsMostlyAccepted() {
        assertThat(ROWS)
                .filteredOn(row -> row.kind() == Kind.ALTER && !row.field().equals("time"))
                .filteredOn(row -> !row.what().equals("ALTER Flush disk"))
                .filteredOn(row -> row.rejected() == 0 && row.tried() > 1)
                .isEmpty();
    }

    @Test
    void whatWasNeverTriedIsASurprise() {
        assertThat(Pins.missing(ROWS)).noneMatch(what -> what.startsWith("ALTER Start "));
        List<Row> fewer = ROWS.stream()
                .filter(row -> !row.what().equals("ALTER Start location"))
                .toList();
        assertThat(Pins.surprises(fewer)).contains("never tried: ALTER Start location");
        assertThat(Pins.missing(List.of())).contains("DROP", "TRUNCATE", "ALTER Resend command.entries[].states[]");
    }

    @Test
    void anotherNumberAndAnAcceptanceWithoutAnExplanationAreSurprises() {
        Row odd = new Row(Kind.ALTER, "Start", "location", 9, 3, Map.of("because", 1));
        assertThat(Pins.surprises(List.of(odd)))
                .contains(
                        "ALTER Start location: 2 accepted without an explanation",
                        "not pinned: ALTER Start location: 6 rejected, 1 explained")
                .anyMatch(line -> line.startsWith("pinned, not found: ALTER Start location: "));
    }

    @Test
    void eachFieldCanSaySomethingElse() {
        Event event = new Event.ApplyCommand(
                new SetEntryState("a1", new SegmentRange("disk", 0, 2), EntryState.NO_WRITE, true, 7, true));
        TraceEvent traced = new TraceEvent(1, 1, "a1", event);
        TraceEvent other = new TraceEvent(1, 2, "a2", new Event.Inspect("a2", "snap"));
        Fields fields = new Fields(List.of(traced, other));
        for (String field : Fields.of(traced)) {
            List<String> lines = fields.others(traced, field);
            assertThat(lines).as(field).isNotEmpty().doesNotHaveDuplicates();
            assertThat(lines.stream().map(Fields::read).filter(Objects::nonNull).toList())
                    .as(field)
                    .doesNotContain(java.util.Optional.of(traced));
        }
        assertThat(fields.others(traced, "command.range.disk").get(0)).contains("\"disk\":\"snap\"");
    }

    private static int rejected(Kind kind) {
        return ROWS.stream()
                .filter(row -> row.kind() == kind)
                .mapToInt(Row::rejected)
                .sum();
    }
}
