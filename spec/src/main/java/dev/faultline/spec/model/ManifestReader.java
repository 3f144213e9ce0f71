package dev.faultline.spec.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/** Reads a manifest, strictly. */
final class ManifestReader {
    private static final String MODELS = "models";
    private static final int DEFAULT_LENGTH = 100;
    private static final int DEFAULT_SEED = 1;

    private final Path file;
    private final Path folder;
    private final Situations situations = new Situations();

    ManifestReader(Path file) {
        this.file = file;
        this.folder = file.toAbsolutePath().resolveSibling("").normalize();
    }

    Manifest read() {
        List<Model> models = new ArrayList<>();
        List<?> rows = rows();
        findSituations();
        for (int i = 0; i < rows.size(); i++) {
            models.add(model(i + 1, rows.get(i)));
        }
        refuseDuplicates(models);
        refuseUnnamedConfigs(models);
        refuseUnclaimedSituations(models);
        return new Manifest(models);
    }

    private List<?> rows() {
        Object content = content();
        if (content instanceof Map<?, ?> map
                && map.keySet().equals(Set.of(MODELS))
                && map.get(MODELS) instanceof List<?> rows
                && !rows.isEmpty()) {
            return rows;
        }
        throw refusal("must be an object with the one field '" + MODELS + "', a list of at least one row");
    }

    private @Nullable Object content() {
        if (!Files.isRegularFile(file)) {
            throw refusal("there is no such file");
        }
        try {
            return JSON.std.anyFrom(Files.readString(file));
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
            throw refusal(where + "not JSON: " + StringUtils.normalizeSpace(e.getOriginalMessage()));
        } catch (IOException e) {
            throw refusal("cannot be read: " + e.getMessage());
        }
    }

    private Model model(int number, @Nullable Object row) {
        if (!(row instanceof Map<?, ?> fields)) {
            throw refusal("row " + number + ": must be an object, not " + row);
        }
        String label = "row " + number + (fields.get("name") instanceof String name ? " (" + name + ")" : "");
        try {
            return model(new JsonRow(fields, ManifestException::new));
        } catch (ManifestException e) {
            throw refusal(label + ": " + e.getMessage());
        }
    }

    private Model model(JsonRow row) {
        String name = row.text("name");
        if (!name.matches("\\w+")) {
            throw new ManifestException("the name '" + name + "' must be letters, digits and underscores");
        }
        Path module = existing(row.text("module") + ".tla");
        Path config = existing(row.text("config"));
        if (!config.toString().endsWith(".cfg")) {
            throw new ManifestException("the config " + config.getFileName() + " must be a .cfg file");
        }
        Suite suite = row.oneOf("suite", Suite.values());
        int workers = row.optionalSmallNumber("workers").orElse(1);
        Exploration exploration = exploration(row);
        Expectation expectation = expectation(row, exploration, workers);
        Optional<String> heap = row.optionalText("heap");
        if (heap.isPresent() && !heap.get().matches("[1-9]\\d*[kmg]")) {
            throw new ManifestException("the heap must be like 512m or 4g, not '" + heap.get() + "'");
        }
        Optional<String> time = row.optionalText("time");
        if (time.isPresent() && !time.get().matches("[1-9]\\d* (s|min|h)")) {
            throw new ManifestException("the time must be like 7 s or 2 min, not '" + time.get() + "'");
        }
        Model model = new Model(
                name,
                module,
                config,
                suite,
                exploration,
                expectation,
                workers,
                heap,
                row.optionalText("rule"),
                expectation instanceof Expectation.Holds ? row.texts("reaches") : Set.of(),
                time,
                row.text("why"));
        row.refuseTheRest(String.format(
                Locale.ROOT,
                "; or does not go with expect %s and this mode",
                StringUtils.substringBefore(expectation.toString(), " ")));
        checkConfig(model);
        checkSituations(model);
        return model;
    }

    private Path existing(String name) {
        Path path = folder.resolve(name).normalize();
        if (!folder.equals(path.getParent()) || !Files.isRegularFile(path)) {
            throw new ManifestException("there is no file " + name + " beside the manifest");
        }
        return path;
    }

    private static Exploration exploration(JsonRow row) {
        String mode = row.optionalText("mode").orElse("exhaustive");
        if (row.oneOf("mode", mode, new String[] {"exhaustive", "simulate"}).equals("exhaustive")) {
            return new Exploration.Exhaustive();
        }
        int traces = row.optionalSmallNumber("traces")
                .orElseThrow(() -> new ManifestException("mode simulate needs the number of traces"));
        return new Exploration.Simulation(
                traces,
                row.optionalSmallNumber("length").orElse(DEFAULT_LENGTH),
                row.optionalSmallNumber("seed").orElse(DEFAULT_SEED));
    }

    private static Expectation expectation(JsonRow row, Exploration exploration, int workers) {
        if (row.oneOf("expect", new String[] {"holds", "breaks"}).equals("breaks")) {
            return new Expectation.Breaks(row.text("property"));
        }
        if (exploration instanceof Exploration.Simulation) {
            return new Expectation.Holds(OptionalLong.empty(), OptionalInt.empty());
        }
        long states = row.number("states");
        Optional<Integer> depth = row.optionalSmallNumber("depth");
        // Breadth first with several workers is not strictly breadth first, so the depth may vary.
        if (workers == 1 && depth.isEmpty()) {
            throw new ManifestException("the field 'depth' is missing");
        }
        if (workers > 1 && depth.isPresent()) {
            throw new ManifestException("the depth is not deterministic with " + workers + " workers; do not pin it");
        }
        return new Expectation.Holds(
                OptionalLong.of(states), depth.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    }

    /** Refuses a configuration with which the row could not mean what it says. */
    private static void checkConfig(Model model) {
        ConfigFile config = readConfig(model.config());
        List<String> checked = config.checked();
        if (model.expectation() instanceof Expectation.Breaks breaks) {
            List<String> wanted = breaks.property().equals(Verdict.DEADLOCK) ? List.of() : List.of(breaks.property());
            // TLC stops at what it finds first, so a second property would make the verdict a matter of luck.
            if (!checked.equals(wanted)) {
                throw new ManifestException(String.format(
                        Locale.ROOT,
                        "%s must check %s and nothing else, but checks %s",
                        model.config().getFileName(),
                        breaks.property(),
                        checked.isEmpty() ? "nothing" : String.join(", ", checked)));
            }
        } else if (checked.isEmpty()
                || (checked.equals(List.of(Situations.INVARIANT))
                        && model.reaches().isEmpty())) {
            throw new ManifestException(model.config().getFileName() + " checks nothing");
        }
        model.rule().filter(rule -> !config.substituted().contains(rule)).ifPresent(rule -> {
            throw new ManifestException(model.config().getFileName() + " does not take the rule " + rule + " away");
        });
    }

    private void checkSituations(Model model) {
        if (model.reaches().isEmpty()) {
            return;
        }
        if (!readConfig(model.config()).invariants().contains(Situations.INVARIANT)) {
            throw new ManifestException(
                    model.config().getFileName() + " lists no invariant " + Situations.INVARIANT + ", so none is met");
        }
        Set<String> modules = ModuleTexts.read(model.module(), List.of()).modules();
        for (String situation : model.reaches()) {
            if (!situations.isIn(situation, modules)) {
                throw new ManifestException(String.format(
                        Locale.ROOT,
                        "%s knows no situation \"%s\"",
                        model.module().getFileName(),
                        situation));
            }
        }
    }

    private static ConfigFile readConfig(Path config) {
        try {
            return ConfigFile.read(config);
        } catch (UncheckedIOException e) {
            throw new ManifestException(config.getFileName() + " cannot be read: " + e.getMessage());
        }
    }

    private void refuseDuplicates(List<Model> models) {
        Set<String> names = new HashSet<>();
        Map<List<Object>, Model> runs = new HashMap<>();
        for (Model model : models) {
            if (!names.add(model.name())) {
                throw refusal("two rows have the name " + model.name());
            }
            Model other = runs.putIfAbsent(List.of(model.module(), model.config(), model.exploration()), model);
            if (other != null) {
                throw refusal(String.format(
                        Locale.ROOT,
                        "%s and %s do the same: module, config and mode are equal",
                        other.name(),
                        model.name()));
            }
        }
    }

    private void findSituations() {
        for (String name : filesThatEndWith(".tla")) {
            try {
                situations.add(StringUtils.substringBeforeLast(name, "."), Files.readString(folder.resolve(name)));
            } catch (IOException e) {
                throw refusal(name + " cannot be read: " + e.getMessage());
            } catch (ManifestException e) {
                throw refusal(String.valueOf(e.getMessage()));
            }
        }
    }

    private void refuseUnclaimedSituations(List<Model> models) {
        Set<String> unclaimed = situations.names();
        models.forEach(model -> unclaimed.removeAll(model.reaches()));
        if (!unclaimed.isEmpty()) {
            throw refusal("no row claims to reach \"" + String.join("\", \"", unclaimed) + "\"");
        }
    }

    private Set<String> filesThatEndWith(String extension) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(extension))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw refusal("the folder cannot be listed: " + e.getMessage());
        }
    }

    private void refuseUnnamedConfigs(List<Model> models) {
        Set<String> unnamed = filesThatEndWith(".cfg");
        unnamed.removeAll(models.stream()
                .map(model -> model.config().getFileName().toString())
                .collect(Collectors.toSet()));
        if (!unnamed.isEmpty()) {
            throw refusal("no row names the config " + String.join(", ", unnamed));
        }
    }

    private ManifestException refusal(String message) {
        return new ManifestException(file + ": " + message);
    }
}
