package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of a system that commits in two phases over a network that loses messages, against its own specification. */
class TwoPhaseCommitTest {
    private static final List<String> ROUND = List.of(
            "{\"action\":\"Vote\",\"arguments\":{\"p\":\"p1\",\"yes\":true}}",
            "{\"action\":\"Vote\",\"arguments\":[\"p2\",true],\"state\":{\"state\":{\"p1\":\"prepared\",\"p2\":\"prepared\"}}}",
            "{\"action\":\"Collect\",\"arguments\":[\"p2\"]}",
            "{\"action\":\"Collect\",\"arguments\":[\"p1\"],\"state\":{\"votes\":{\"#set\":[\"p1\",\"p2\"]}}}",
            "{\"action\":\"Decide\",\"arguments\":[\"committed\"]}",
            "{\"action\":\"Learn\",\"arguments\":[\"p1\",\"committed\"]}",
            "{\"action\":\"Lose\",\"arguments\":[{\"type\":\"decision\",\"to\":\"p2\",\"outcome\":\"committed\"}]}",
            "{\"action\":\"Tell\",\"arguments\":[\"p2\"]}",
            "{\"action\":\"Learn\",\"arguments\":[\"p2\",\"committed\"]}",
            "{\"action\":\"Begin\"}");

    @TempDir
    private Path folder;

    private static String file(String name) {
        try {
            return Path.of(Objects.requireNonNull(
                                    TwoPhaseCommitTest.class.getResource("/dev/faultline/conformance/anyspec/" + name))
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Run validate(String... more) {
        List<String> all = new ArrayList<>(
                List.of("validate", "--spec", file("TwoPhaseCommit.tla"), "--config", file("TwoPhaseCommit.cfg")));
        all.addAll(List.of(more));
        return Run.of(all.toArray(String[]::new));
    }

    private String trace(List<String> lines) throws IOException {
        return Files.write(folder.resolve("t.ndjson"), lines).toString();
    }

    private static List<String> without(int... lines) {
        List<String> rest = new ArrayList<>(ROUND);
        for (int i = lines.length - 1; i >= 0; i--) {
            rest.remove(lines[i]);
        }
        return rest;
    }

    @Test
    void aGoodTraceIsAccepted() throws IOException {
        Run run = validate(trace(ROUND));
        assertThat(run.out()).contains("accepted: 10 events", "at most 1 believed state");
        assertThat(run.status()).isEqualTo(ExitStatus.EXPECTED);
    }

    @Test
    void aCommitWithoutAllVotesIsRejectedByItsRule() throws IOException {
        Run run = validate(trace(without(3)));
        assertThat(run.out())
                .contains(
                        "t.ndjson:4: rejected",
                        "conjunct `CommitsOnlyWhenAllVoted(outcome)` is false",
                        "TwoPhaseCommit.tla line 31",
                        "votes = {\"p2\"}",
                        "possible instead:",
                        "Decide(\"aborted\")",
                        "Collect(\"p1\")");
        assertThat(run.status()).isEqualTo(ExitStatus.UNEXPECTED);
    }

    @Test
    void aDecisionThatNobodySentIsNotLearnt() throws IOException {
        List<String> lines = new ArrayList<>(ROUND);
        lines.set(5, lines.get(5).replace("committed", "aborted"));
        Run run = validate(trace(lines));
        assertThat(run.out())
                .contains(
                        "t.ndjson:6: rejected", "conjunct `DecisionFor(p, outcome) \\in net` is false", "Tell(\"p1\")");
        assertThat(run.status()).isEqualTo(ExitStatus.UNEXPECTED);
    }

    @Test
    void aStateThatIsAnotherIsToldByItsPath() throws IOException {
        List<String> lines = new ArrayList<>(ROUND);
        lines.set(1, lines.get(1).replace("{\"p1\":\"prepared\"", "{\"p1\":\"working\""));
        Run run = validate(trace(lines));
        assertThat(run.out())
                .contains("t.ndjson:2: rejected", "state[\"p1\"]: the spec has \"prepared\", the trace \"working\"");
        assertThat(run.status()).isEqualTo(ExitStatus.UNEXPECTED);
    }

    /** What the network does, and what the coordinator hears, is in no log. */
    @Test
    void whatIsNotObservedIsSearchedFor() throws IOException {
        Run run = validate("--hidden", "Collect,Tell,Lose", "--hidden-at-most", "2", trace(without(2, 3, 6, 7)));
        assertThat(run.out()).contains("accepted: 6 events").containsPattern("at most [0-9]+ believed states");
        assertThat(run.status()).isEqualTo(ExitStatus.EXPECTED);
        Run early = validate("--hidden", "Collect,Tell,Lose", "--hidden-at-most", "2", trace(without(1, 2, 3, 6, 7)));
        assertThat(early.out()).contains("t.ndjson:2: rejected", "CommitsOnlyWhenAllVoted(outcome)");
        assertThat(early.status()).isEqualTo(ExitStatus.UNEXPECTED);
    }

    @Test
    void aMillionEventsAreCheckedFromACompressedFile() throws IOException {
        Path trace = folder.resolve("million.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(trace));
                Writer lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            String round = String.join("\n", ROUND) + "\n";
            for (int i = 0; i < 100_000; i++) {
                lines.write(round);
            }
        }
        Run run = validate(trace.toString());
        assertThat(run.out()).contains("accepted: 1,000,000 events");
    }

    @Test
    void eachOfSeveralTracesIsToldAlsoAfterOneThatCannotBeRead() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged"), "{\"action\":\"Pull\"}\n");
        Run run = validate(damaged.toString(), folder.resolve("missing").toString(), trace(without(3)));
        assertThat(run.err())
                .contains("damaged:1: ", "missing: there is no such file")
                .hasLineCount(2);
        assertThat(run.out()).contains("t.ndjson:4: rejected");
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void optionsThatAreForTheMappingProtocolAreRefused() throws IOException {
        for (String option : List.of("--prefix", "--no-memory", "--threads=1", "--calls=7")) {
            Run run = validate(option, trace(ROUND));
            assertThat(run.err())
                    .contains(option.replaceFirst("=.*", "") + " is for traces of the mapping protocol, not for --spec")
                    .hasLineCount(1);
            assertThat(run.status()).as(option).isEqualTo(ExitStatus.UNUSABLE);
        }
    }
}
