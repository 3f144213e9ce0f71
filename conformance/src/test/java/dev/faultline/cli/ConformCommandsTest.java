package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.spec.mutants.Subject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The strengths by hand. */
class ConformCommandsTest {
    @Test
    void aStrengthThatCatchesFewerMutantsThanItDidIsToldOf() {
        StringWriter text = new StringWriter();
        Map<String, Integer> totals =
                new HashMap<>(Map.of("random", 46, "exhaustive", 45, "guided", 42, "history", 17, "live", 15));
        assertThat(MutantsCommand.compareTotals(totals, new PrintWriter(text, true)))
                .isZero();
        totals.put("guided", 41);
        assertThat(MutantsCommand.compareTotals(totals, new PrintWriter(text, true)))
                .isEqualTo(1);
        assertThat(text.toString()).contains("guided: 41, TOO FEW: it has caught 42");
    }

    @Test
    void exhaustiveListsItsScenarios() {
        Run run = Run.of("conform", "exhaustive", "--list");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("snapshot-of-snapshot", "quiesce", "agent-crash", "controller-crash");
    }

    @Test
    void exhaustiveReportsStatesStepsOutcomesAndWhatIsNeverTaken() {
        Run run = Run.of("conform", "exhaustive", "one-agent-controller-crash");
        assertThat(run.out())
                .contains("1,905 states", "5,943 steps", "all allowed", "Recover", "never takes", "BeginCopy");
        assertThat(run.status()).isZero();
    }

    @Test
    void exhaustiveEndsWithOneAndTheEventsWhenAStepIsRefused() {
        Run run = Run.of("conform", "exhaustive", "one-agent-controller-crash", "--mutant", "serve-before-told");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("\"action\":\"Recover\"", "ServesOnlyWhenAllAnswered");
    }

    @Test
    void liveChecksTheFilesOfAllPlacesToo(@TempDir Path folder) throws IOException {
        Path input = Files.write(folder.resolve("input"), new byte[200_000]);
        Path trace = folder.resolve("trace");
        Run run = Run.of("conform", "live", "--input", input.toString(), "--files", trace.toString());
        assertThat(run.out()).contains("both disks exact", trace + ": accepted: ", "what hosts saw is explained");
        assertThat(run.status()).isZero();
        assertThat(trace.toFile().list()).contains("a1.ndjson", "a2.ndjson", "controller.ndjson", "operator.ndjson");

        Files.delete(trace.resolve("write.1.1.ndjson"));
        Run withoutHost = Run.of("validate", trace.toString());
        assertThat(withoutHost.out()).contains("rejected", "is not a step of the spec");
        assertThat(withoutHost.status()).isEqualTo(1);
        Files.delete(trace.resolve("a2.ndjson"));
        Run without = Run.of("validate", trace.toString());
        assertThat(without.err()).contains("no file of a2: the header names such places");
        assertThat(without.status()).isEqualTo(ExitStatus.UNUSABLE);

        Run again = Run.of("conform", "live", "--input", input.toString(), "--files", trace.toString());
        assertThat(again.err()).contains("there is something already");
        assertThat(again.status()).isEqualTo(2);
    }

    @Test
    void mutantsOfTheSpecAreListedAndThePageNamesThoseThatThereAre() throws IOException {
        Run run = Run.of("mutants", "--spec", "--list");
        assertThat(run.status()).as(run.err()).isZero();
        List<String> names =
                run.out().lines().map(line -> line.replaceFirst("  ->  .*", "")).toList();
        assertThat(names)
                .hasSizeGreaterThan(300)
                .contains("Start: StartsOnlyWhenAllowed(h)", "NoneLost: Users(l) # {}");
        assertThat(new Subject(Path.of(System.getProperty("faultline.home")))
                        .survivors()
                        .explained()
                        .keySet())
                .hasSizeGreaterThan(20)
                .isSubsetOf(names);
        Run unknown = Run.of("mutants", "--spec", "Nonsense");
        assertThat(unknown.err()).contains("nothing can be taken away of 'Nonsense'; there are ");
        assertThat(unknown.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void liveSaysWhoWaitsWhenSomebodyGetsNoAnswer(@TempDir Path folder) throws IOException {
        Path input = Files.write(folder.resolve("input"), new byte[3_000_000]);
        Run run = Run.of("conform", "live", "--input", input.toString(), "--patience", "1");
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("refused: somebody got no answer: ", "no answer within 1 ms");
    }

    @Test
    void liveIsStoppedAtTheFirstEventThatIsRefused(@TempDir Path folder) throws IOException {
        Path input = Files.write(folder.resolve("input"), new byte[200_000]);
        Path picture = folder.resolve("picture.svg");
        Run run = Run.of(
                "conform",
                "live",
                "--input",
                input.toString(),
                "--mutant",
                "copy-table-early",
                "--picture",
                picture.toString());
        assertThat(run.out()).contains("refused: event", "CopiesOnlyWhenAllAnswered");
        assertThat(run.status()).isEqualTo(1);
        assertThat(picture).content().contains("FlushDisks");
    }

    @Test
    void guidedSaysHowFarTheCodeFollowed() {
        Run run = Run.of("conform", "guided", "--walks", "1", "--steps", "50");
        assertThat(run.out()).contains("followed: ", "refused");
        assertThat(run.status()).isZero();
    }

    @Test
    void guidedTakesEveryEdgeOfASmallGraph() {
        Run run = Run.of("conform", "guided", "--cover", "one-agent-controller-crash");
        assertThat(run.out()).containsPattern("1,905 states +4,593 edges, all taken, in 904 walks of 19,819 steps");
        assertThat(run.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "exhaustive,nonsense,there is no scenario nonsense",
        "exhaustive,--workers=0,it must be at least 1",
        "exhaustive,--workers=100000,it must be at most 256",
        "exhaustive,--mutant=nobody,there is no mutant 'nobody'",
        "guided,--walks=0,it must be at least 1",
        "guided,--cover=nonsense,there is no scenario nonsense",
        "tampered,--each=0,it must be at least 1",
        "live,--input=no-such-file,no-such-file: there is no such file",
        "random,--losses=-1,the number of losses must be from 0 to 1000",
        "random,--capacity=3,the number of segments that storage has space for must be from 4 to 1000000"
    })
    void whatCannotBeUsedIsSaidInOneLine(String strength, String argument, String message) {
        Run run = Run.of("conform", strength, argument);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }
}
