package dev.faultline.spec.mutants;

import dev.faultline.spec.model.Manifest;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.mutants.SpecMutation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The specification of a checkout, as what is to be changed.
 *
 * @param home the folder of the checkout
 */
public record Subject(Path home) {
    /** Models with more states are not run unless somebody asks for it: what the page on survivors is about. */
    public static final int MOST_STATES = 3_600;

    /** Models that extend all modules together. */
    private static final Set<String> EXTENDING = Set.of("NaiveAnswer", "VirtualDisks");

    private List<Model> models() {
        return Manifest.read(home.resolve("spec/models/manifest.json")).models();
    }

    private Path hints() {
        return home.resolve("spec/models/noticed.txt");
    }

    /**
     * Keeps which models noticed these changes, for the next time.
     *
     * @throws IOException if that cannot be written
     */
    public void remember(List<Outcome> outcomes) throws IOException {
        SpecHints.read(hints()).with(outcomes).write(hints());
    }

    private Path modules() {
        return home.resolve("spec/modules");
    }

    /** Returns all that can be taken away. */
    public List<SpecMutant> mutants() {
        List<Model> models = models();
        return SpecMutants.all(
                models,
                models.stream()
                        .filter(model -> EXTENDING.contains(model.name()))
                        .toList(),
                modules());
    }

    /**
     * Reads the page on survivors.
     *
     * @throws IOException if it cannot be read
     */
    public SpecSurvivors survivors() throws IOException {
        return SpecSurvivors.read(home.resolve("docs/spec-survivors.md"));
    }

    /**
     * Runs models on changes of a copy, several at a time.
     *
     * @param mostStates models with more states are not run
     * @param workers how many at a time
     * @param each is told each outcome as soon as it is there, in the order of the changes
     * @throws IOException if the modules cannot be copied
     * @throws InterruptedException if the calling thread is interrupted
     */
    public List<Outcome> run(List<SpecMutant> mutants, long mostStates, int workers, Consumer<Outcome> each)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("faultline-mutants");
        try {
            return SpecMutation.run(
                    mutants, models(), modules(), folder, mostStates, SpecHints.read(hints()), workers, each);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
