package dev.faultline.conformance.verify;

import dev.faultline.conformance.coverage.MergedOutcomes;
import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.spec.model.Manifest;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.ModelResult;
import dev.faultline.spec.model.Suite;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked for, and what parts leave for those that come after them. For any thread.
 */
public final class Job {
    /** How many threads a part may use where its work does not depend on order. */
    public static final int WORKERS = 2;

    private final boolean full;
    private final Path home;
    private final Path input;
    private final Optional<Path> keptTrace;
    private final Map<String, Outcomes> outcomes = new LinkedHashMap<>();
    private volatile List<ModelResult> results = List.of();

    /**
     * Describes a job.
     *
     * @param full whether everything is done, or only what takes a minute
     * @param home the root of the checkout
     * @param input the file to move through the running system
     * @param keptTrace where the trace of the running system is kept, if it is
     */
    public Job(boolean full, Path home, Path input, Optional<Path> keptTrace) {
        this.full = full;
        this.home = home;
        this.input = input;
        this.keptTrace = keptTrace;
    }

    public boolean isFull() {
        return full;
    }

    /** Returns one of two things, by how much is done. */
    public <T> T quickOrFull(T quick, T whole) {
        return full ? whole : quick;
    }

    public Path home() {
        return home;
    }

    public Path modules() {
        return home.resolve("spec/modules");
    }

    public Manifest manifest() {
        return Manifest.read(home.resolve("spec/models/manifest.json"));
    }

    /** Returns the models that are checked. */
    public List<Model> models() {
        return manifest().of(full ? Suite.FULL : Suite.QUICK);
    }

    public Path input() {
        return input;
    }

    public Optional<Path> keptTrace() {
        return keptTrace;
    }

    /** Adds outcomes that a strength has met. */
    public void met(String strength, Outcomes met) {
        synchronized (outcomes) {
            outcomes.computeIfAbsent(strength, s -> new Outcomes()).add(met);
        }
    }

    /** Returns all that was met so far, by the strengths of these names, whether they met something or not. */
    public MergedOutcomes outcomes(List<String> strengths) {
        MergedOutcomes merged = new MergedOutcomes();
        synchronized (outcomes) {
            strengths.forEach(strength -> merged.of(strength).add(outcomes.getOrDefault(strength, new Outcomes())));
        }
        return merged;
    }

    /** Keeps what came of the models. */
    public void checked(List<ModelResult> found) {
        results = List.copyOf(found);
    }

    /** Returns what came of the models; nothing before they were checked. */
    public List<ModelResult> results() {
        return results;
    }
}
