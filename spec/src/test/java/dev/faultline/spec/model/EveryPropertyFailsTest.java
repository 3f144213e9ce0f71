package dev.faultline.spec.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A property that nothing ever breaks may be no property: each must be shown to fail by a model. */
class EveryPropertyFailsTest {
    /** It is always true, and says by what it prints which situations a model gets into; see Reaching.tla. */
    private static final String SITUATIONS = "Situations";

    @Test
    void aModelShowsEachPropertyFail() {
        Path manifest = Path.of(System.getProperty("faultline.home"), "spec/models/manifest.json");
        Set<String> unshown = unshown(Manifest.read(manifest).models());
        assertThat(unshown)
                .as("properties that a configuration checks, and that no row of %s expects to break", manifest)
                .isEmpty();
    }

    @Test
    void aPropertyThatNoRowBreaksIsNamed() {
        Path manifest = Path.of(System.getProperty("faultline.home"), "spec/models/manifest.json");
        List<Model> fewer = Manifest.read(manifest).models().stream()
                .filter(model -> !model.name().equals("WithoutFreeing"))
                .toList();
        assertThat(unshown(fewer)).containsExactly("MappingState: NoneLost");
    }

    /** The protocol and what hosts may see have properties of the same name: these are two. */
    private static Set<String> unshown(List<Model> models) {
        Map<String, Set<String>> checked = new TreeMap<>();
        Set<String> shown = new TreeSet<>();
        for (Model model : models) {
            String about = isOfHosts(model) ? "VirtualDisks: " : "MappingState: ";
            for (String property : ConfigFile.read(model.config()).checked()) {
                checked.computeIfAbsent(about + property, none -> new TreeSet<>())
                        .add(model.name());
            }
            if (model.expectation() instanceof Expectation.Breaks breaks) {
                shown.add(about + breaks.property());
            }
        }
        Set<String> unshown = new TreeSet<>(checked.keySet());
        unshown.removeAll(shown);
        unshown.remove("MappingState: " + SITUATIONS);
        return unshown;
    }

    private static boolean isOfHosts(Model model) {
        return model.module().getFileName().toString().equals("MCVirtualDisks.tla");
    }
}
