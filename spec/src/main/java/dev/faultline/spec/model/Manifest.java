package dev.faultline.spec.model;

import java.nio.file.Path;
import java.util.List;

/**
 * The models of a specification, and what must come of each.
 *
 * @param models in the order of the file, at least one
 */
public record Manifest(List<Model> models) {
    /** Copies the models. */
    public Manifest {
        models = List.copyOf(models);
    }

    /**
     * Reads a manifest. The modules and configurations that it names lie in its own folder. It is read strictly:
     * whatever could make a check pass unnoticed is refused, such as a configuration that no row names, a model that
     * checks nothing, or one that takes no rule away although it says so.
     *
     * @throws ManifestException if it cannot be used, in one line
     */
    public static Manifest read(Path file) {
        return new ManifestReader(file).read();
    }

    /** Returns the models of a suite, in order. */
    public List<Model> of(Suite suite) {
        return models.stream().filter(model -> suite.includes(model.suite())).toList();
    }
}
