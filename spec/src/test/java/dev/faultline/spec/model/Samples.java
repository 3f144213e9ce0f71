package dev.faultline.spec.model;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/** Small models for tests: beside this class, where Maven copied them. */
final class Samples {
    private Samples() {}

    static Path folder() {
        try {
            return Path.of(Samples.class.getResource("manifest.json").toURI()).getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Model model(String name) {
        return Manifest.read(folder().resolve("manifest.json")).models().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Model withHeap(Model model, String heap) {
        return new Model(
                model.name(),
                model.module(),
                model.config(),
                model.suite(),
                model.exploration(),
                model.expectation(),
                model.workers(),
                Optional.of(heap),
                model.rule(),
                model.reaches(),
                model.time(),
                model.why());
    }
}
