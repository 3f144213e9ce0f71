package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What validate and conform say and how they end. */
class TraceCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path trace = Path.of("");

    @BeforeEach
    void writeAnAcceptedTrace() {
        trace = folder.resolve("trace.ndjson");
        assertThat(run("conform", "random", "--runs", "1", "--seed", "7", "--trace", trace.toString()))
                .isZero();
        out.getBuffer().setLength(0);
    }

    @Test
    void anAcceptedTraceEndsWithZeroAndItsFigures() {
        assertThat(run("validate", trace.toString())).isZero();
        assertThat(out.toString()).contains("accepted").containsPattern("[0-9] events in .* events/s");
    }

    @Test
    void whatHostsSawIsNotJudgedWithMoreCallsThanThereIsRoomFor() {
        assertThat(run("validate", "--calls", "10", trace.toString())).isZero();
        assertThat(out.toString()).contains("accepted: ").contains("what hosts saw is not judged: more than 10 calls");
    }

    @Test
    void aChangedTraceEndsWithOneAndTheReason() throws IOException {
        List<String> lines = Files.readAllLines(trace);
        String changed = String.join("\n", lines).replaceFirst("\"action\":\"Start\"", "\"action\":\"Retry\"") + "\n";
        Files.writeString(trace, changed);
        assertThat(run("validate", trace.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("rejected")
                .contains("conjunct `HasIo(h, {\"faulted\", \"renewed\"})` is false")
                .contains("ios[h].phase = \"waiting\"")
                .containsPattern("`ios\\[h]\\.phase` was set by event [0-9]+:\\R +\\{.*\"action\":\"(Read|Write)\"")
                .contains("MappingAgents.tla line");
    }

    @Test
    void aTraceThatCannotBeReadEndsWithTwoAndOneLine() throws IOException {
        String whole = Files.readString(trace);
        Path cut = Files.writeString(folder.resolve("cut"), whole.substring(0, whole.length() - 10));
        assertUnusable("the trace ends in the middle of a line", "validate", cut.toString());
        Path unknown = Files.writeString(folder.resolve("unknown"), whole.replaceFirst("\"Fault\"", "\"Fawlty\""));
        assertUnusable("unknown action 'Fawlty'", "validate", unknown.toString());
        Path empty = Files.writeString(folder.resolve("empty"), "");
        assertUnusable("the trace is empty", "validate", empty.toString());
        Path headerOnly = Files.writeString(folder.resolve("header"), whole.substring(0, whole.indexOf('\n') + 1));
        assertUnusable("the trace has no end after 0 events", "validate", headerOnly.toString());
        Path ended = Files.writeString(
                folder.resolve("ended"), whole.substring(0, whole.indexOf('\n') + 1) + "{\"end\":0}\n");
        assertUnusable("there is no event in the trace", "validate", ended.toString());
        assertThat(run("validate", "--prefix", headerOnly.toString())).isZero();
        assertThat(out.toString()).contains("accepted: 0 events").contains("checked up to time 0");
        assertUnusable(
                "there is no such file", "validate", folder.resolve("missing").toString());
    }

    @Test
    void aTraceOfASystemThatWasKilledIsCheckedAsFarAsItGoesIfThatIsWanted() throws IOException {
        List<String> lines = Files.readAllLines(trace);
        Path part = Files.write(folder.resolve("part"), lines.subList(0, lines.size() - 20));
        assertUnusable("the trace has no end after " + (lines.size() - 21) + " events", "validate", part.toString());
        assertThat(run("validate", "--prefix", part.toString())).isZero();
        assertThat(out.toString()).contains("accepted: " + (lines.size() - 21) + " events");
    }

    @Test
    void aRejectionIsDrawnWhereThatIsWanted() throws IOException {
        Path picture = folder.resolve("picture.svg");
        Files.writeString(trace, Files.readString(trace).replaceFirst("\"action\":\"Start\"", "\"action\":\"Retry\""));
        assertThat(run("validate", "--picture", picture.toString(), trace.toString()))
                .isEqualTo(1);
        assertThat(picture).content().startsWith("<svg").contains("Retry of");
        assertUnusable(
                "there is no folder",
                "validate",
                "--picture",
                folder.resolve("missing/p.svg").toString(),
                trace.toString());
    }

    @Test
    void usageThatCannotBeUsedEndsWithTwoAndOneLine() {
        assertUnusable("there is no command 'frobnicate'", "frobnicate");
        assertUnusable("it must be at least 1, not 0", "conform", "random", "--runs", "0");
        assertUnusable("the number of agents must be from 1", "conform", "random", "--agents", "0");
        assertUnusable("there is no mutant 'nice'", "mutants", "nice");
        assertUnusable(
                "there is no such file",
                "verify",
                "--input",
                folder.resolve("missing").toString());
        assertUnusable("mutually exclusive", "verify", "--quick", "--full");
        assertUnusable("there is something already", "verify", "--trace", folder.toString());
        assertUnusable("faultline: README.md: ", "conform", "replay", "README.md");
        assertUnusable("it is a folder", "verify", "--report", folder.toString());
        assertUnusable("none of them negative", "conform", "random", "--schedule", "-1");
        assertUnusable("--runs and --save are for a search", "conform", "random", "--schedule", "1", "--save", "x");
        assertUnusable(
                "there is no folder /no", "conform", "random", "--mutant", "copy-table-early", "--save", "/no/x");
        assertUnusable("--runs and --save are for a search", "conform", "random", "--schedule", "1", "--runs", "2");
        assertUnusable("are for walks at random", "conform", "guided", "--cover", "deletion", "--walks", "2");
        assertUnusable("the number of snapshots must be from 0", "conform", "random", "--snapshots", "-1");
        assertUnusable("the number of hosts must be from 1", "conform", "random", "--hosts", "2147483647");
        assertUnusable("it must be at least 0, not -1", "validate", "--calls", "-1", trace.toString());
        assertUnusable("there are no 2 seeds", "conform", "random", "--seed", "" + Long.MAX_VALUE, "--runs", "2");
        assertUnusable("it is a folder", "conform", "random", "--runs", "1", "--trace", folder.toString());
    }

    @Test
    void aScheduleThatWasNotThereIsNotTakenForOneThatWas() {
        assertThat(run("conform", "random", "--schedule", "999,0")).isZero();
        assertThat(out.toString()).contains("after 0 choices there was no choice 999");
    }

    @Test
    void aMutantFailsWithAScheduleThatFailsAgain() {
        assertThat(run("conform", "random", "--mutant", "copy-table-early")).isEqualTo(1);
        String text = out.toString();
        assertThat(text).contains("seed ").contains("CopiesOnlyWhenAllAnswered");
        String replay = text.substring(text.indexOf("replay: ./faultline ") + "replay: ./faultline ".length());
        out.getBuffer().setLength(0);
        assertThat(run(replay.trim().split(" "))).isEqualTo(1);
        assertThat(out.toString()).contains("CopiesOnlyWhenAllAnswered");
    }

    @Test
    void aSavedScheduleFailsAgain() throws IOException {
        Path saved = folder.resolve("schedule.json");
        assertThat(run("conform", "random", "--mutant", "copy-table-early", "--save", saved.toString()))
                .isEqualTo(1);
        out.getBuffer().setLength(0);
        assertThat(run("conform", "replay", saved.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("CopiesOnlyWhenAllAnswered");
        out.getBuffer().setLength(0);
        assertThat(run("conform", "replay", saved.toString(), "--mutant", "none"))
                .isZero();
        assertThat(out.toString()).contains("accepted: ");
    }

    @Test
    void anotherRunThanTheOneSavedIsSaid() throws IOException {
        Path saved = folder.resolve("schedule.json");
        run("conform", "random", "--mutant", "copy-table-early", "--save", saved.toString());
        String whole = Files.readString(saved);
        String others = whole.replaceFirst("\"choices\":\\[[^]]*]", "\"choices\":[0,0,0,0,0,0,0,0]");
        assertAnotherRun(others, "event \\d+ was .+, and is .+");
        assertAnotherRun(whole.replace("\"mutant\":\"copy-table-early\"", "\"mutant\":\"none\""), "event .+");
        assertAnotherRun(
                whole.replaceFirst("\"found\":\"[^\"]*\"", "\"found\":\"a standstill\""),
                "the events are the same, but .+");
        // Each version says something more. Version 1 had no more than choices, and was saved when a run failed.
        String fifth = others.replaceFirst("\"schedule\":6", "\"schedule\":5")
                .replaceFirst(",\"flushes\":0,\"powerLosses\":0", "");
        assertAnotherRun(fifth, "event \\d+ was .+, and is .+");
        String fourth = fifth.replaceFirst("\"schedule\":5", "\"schedule\":4").replaceFirst(",\"capacity\":0", "");
        String third = fourth.replaceFirst("\"schedule\":4", "\"schedule\":3")
                .replaceFirst(",\"creations\":0,\"offers\":0", "");
        assertAnotherRun(third, "event \\d+ was .+, and is .+");
        String second = third.replaceFirst("\"schedule\":3", "\"schedule\":2")
                .replaceFirst(",\"mapping\":\"all\",\"closings\":0", "");
        assertAnotherRun(second, "event \\d+ was .+, and is .+");
        String old = second.replaceFirst("\"schedule\":2", "\"schedule\":1").replaceFirst(",\"steps\".*", "}");
        assertAnotherRun(old, "a schedule is saved when a run fails, and this one is accepted.+");
    }

    private void assertAnotherRun(String text, String how) throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), text);
        out.getBuffer().setLength(0);
        assertThat(run("conform", "replay", file.toString())).isEqualTo(1);
        assertThat(out.toString()).containsPattern("this is another run than the one saved: " + how);
    }

    @Test
    void aScheduleThatCannotBeReadEndsWithTwoAndOneLine() throws IOException {
        Path saved = folder.resolve("schedule.json");
        run("conform", "random", "--mutant", "copy-table-early", "--save", saved.toString());
        String whole = Files.readString(saved);
        assertUnusableSchedule(
                whole.replaceFirst("\"schedule\":6", "\"schedule\":7"), "version 7 of the schedule format");
        assertUnusableSchedule(
                whole.replaceFirst("\"seed\"", "\"seat\""), "field 'seed' of RecordedSchedule is missing");
        assertUnusableSchedule(
                whole.replaceFirst("\"hosts\"", "\"colour\":1,\"hosts\""), "Workload has no field 'colour'");
        assertUnusableSchedule(whole.replaceFirst("\"hosts\":\\d+", "\"hosts\":0"), "the number of hosts must be");
        assertUnusableSchedule(whole.replaceFirst("\"choices\":\\[", "\"choices\":[null,"), "field 'choices' must be");
        assertUnusableSchedule(whole.substring(0, whole.length() / 2), "not a whole one");
        assertUnusableSchedule("", "not a JSON object");
        assertUnusable(
                "there is no such file",
                "conform",
                "replay",
                folder.resolve("missing").toString());
    }

    private void assertUnusableSchedule(String text, String why) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.json"), text);
        assertUnusable(why, "conform", "replay", file.toString());
    }

    private void assertUnusable(String why, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString().strip())
                .startsWith("faultline: ")
                .contains(why)
                .doesNotContain("\n");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
