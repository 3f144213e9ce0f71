package dev.faultline.spec.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.spec.model.TlcMessage.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlcMessageTest {
    private static List<TlcMessage> parse(String text) {
        List<TlcMessage> messages = new ArrayList<>();
        TlcMessage.Parser parser = new TlcMessage.Parser(messages::add);
        text.lines().forEach(parser::line);
        parser.finish();
        return messages;
    }

    @Test
    void putsMessagesTogetherFromLines() {
        assertThat(parse("""
                        Parsing file Counter.tla
                        @!@!@STARTMSG 2217:4 @!@!@
                        1: <Initial predicate>
                        n = 0

                        @!@!@ENDMSG 2217 @!@!@
                        @!@!@STARTMSG 2401:3 @!@!@
                        @!@!@ENDMSG 2401 @!@!@
                        """))
                .containsExactly(
                        new TlcMessage(TlcMessage.LOOSE, Kind.NONE, "Parsing file Counter.tla"),
                        new TlcMessage(2217, Kind.STATE, "1: <Initial predicate>\nn = 0"),
                        new TlcMessage(2401, Kind.WARNING, ""));
    }

    @Test
    void tellsTheMessageInsideAMessageFirst() {
        assertThat(parse("""
                        @!@!@STARTMSG 1000:1 @!@!@
                        The exception was a ConfigFileException
                        : @!@!@STARTMSG 5006:0 @!@!@
                        It was expecting = or <-, but did not find it.
                        @!@!@ENDMSG 5006 @!@!@
                        @!@!@ENDMSG 1000 @!@!@
                        """))
                .containsExactly(
                        new TlcMessage(5006, Kind.NONE, "It was expecting = or <-, but did not find it."),
                        new TlcMessage(1000, Kind.ERROR, "The exception was a ConfigFileException\n:"));
    }

    @Test
    void endsWhatAKilledProcessLeftOpen() {
        assertThat(parse("@!@!@STARTMSG 2110:1 @!@!@\nInvariant Small is violated."))
                .containsExactly(new TlcMessage(2110, Kind.ERROR, "Invariant Small is violated."));
    }

    @Test
    void takesMarksThatItDoesNotExpectAsTheyCome() {
        assertThat(parse("@!@!@ENDMSG 1 @!@!@\n@!@!@STARTMSG 7 @!@!@\nx\n@!@!@ENDMSG 7 @!@!@"))
                .containsExactly(new TlcMessage(7, Kind.NONE, "x"));
        assertThat(parse("@!@!@STARTMSG 7:9 @!@!@\n@!@!@ENDMSG 7 @!@!@"))
                .containsExactly(new TlcMessage(7, Kind.NONE, ""));
    }
}
