package dev.faultline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts that are read again, and ranges. */
class ContentTest {
    @Test
    void aContentIsSixteenDigits() {
        for (String other : List.of("+0000000000000aa", "-0000000000000aa", "\u0661".repeat(16), "000000000000000g")) {
            assertThatThrownBy(() -> Content.parse(other)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new Content(0xac869b6f32d8bbdbL)).hasToString("ac869b6f32d8bbdb");
        assertThat(Content.parse("00000000000000ff")).isEqualTo(new Content(255));
        assertThatThrownBy(() -> Content.parse("ff")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCutIsToldByItsOriginals() {
        assertThat(new Cut(Map.of("snap", "disk"))).hasToString("{snap=disk}");
    }

    @Test
    void aRangeEndsBeforeItsCount() {
        assertThat(new SegmentRange("disk", 1, Integer.MAX_VALUE - 1).contains(Integer.MAX_VALUE - 1))
                .isTrue();
        assertThatThrownBy(() -> new SegmentRange("disk", 2, Integer.MAX_VALUE - 1))
                .isInstanceOf(IllegalArgumentException.class);
        SegmentRange range = new SegmentRange("disk", 2, 3);
        assertThat(range.contains(1)).isFalse();
        assertThat(range.contains(2)).isTrue();
        assertThat(range.contains(4)).isTrue();
        assertThat(range.contains(5)).isFalse();
    }

    @Test
    void anEntryIsThatOfItsSegment() {
        var entries = List.of(Entry.at(7), Entry.at(8));
        var command = new Message.SetEntry("a1", new SegmentRange("disk", 2, 2), entries, false);
        assertThat(command.entryOf(3)).isEqualTo(Entry.at(8));
        assertThat(command.carriesEntries()).isTrue();
        assertThat(new Message.Answer(command, List.of()).carriesEntries()).isTrue();
        assertThat(new Message.MappingFault("a1", "disk", 0, Kind.READ).carriesEntries())
                .isFalse();
    }

    @Test
    void anAnswerCarriesTheEntriesThatWereAskedFor() {
        var question = new Message.GetEntry("a1", SegmentRange.of("disk", 0), false);
        assertThat(new Message.Answer(question, List.of(Entry.NONE)).carriesEntries())
                .isTrue();
        var quiesce = new Message.QuiesceDisk("a1", SegmentRange.of("disk", 0), 1, true);
        assertThat(new Message.Answer(quiesce, List.of()).carriesEntries()).isFalse();
    }
}
