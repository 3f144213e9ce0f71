package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.ModelValue;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecTransition;
import dev.faultline.spec.engine.SpecValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written in ITF is read back, by a reader of its own, and is a behaviour of the specification. */
class ItfExportTest {
    @TempDir
    private Path folder;

    private final Set<Object> modelValues = new HashSet<>();

    private Object plain(Object json) {
        if (modelValues.contains(json)) {
            return new ModelValue((String) json);
        } else if (json instanceof List<?> list) {
            return list.stream().map(this::plain).toList();
        } else if (!(json instanceof Map<?, ?>)) {
            return json;
        }
        Map<?, ?> map = (Map<?, ?>) json;
        if (map.containsKey("#bigint")) {
            return Integer.valueOf((String) map.get("#bigint"));
        } else if (map.containsKey("#set")) {
            Set<Object> set = new LinkedHashSet<>();
            ((List<?>) map.get("#set")).forEach(one -> set.add(plain(one)));
            return set;
        } else if (map.containsKey("#map")) {
            Map<Object, Object> function = new LinkedHashMap<>();
            ((List<?>) map.get("#map"))
                    .forEach(pair -> function.put(plain(((List<?>) pair).get(0)), plain(((List<?>) pair).get(1))));
            return function;
        }
        Map<Object, Object> record = new LinkedHashMap<>();
        map.forEach((name, value) -> record.put(plain(name), plain(value)));
        return record;
    }

    private SpecState state(LoadedSpec spec, Map<?, ?> json) {
        Map<String, SpecValue> values = new HashMap<>();
        for (String variable : spec.variables()) {
            values.put(variable, spec.value(plain(json.get(variable))));
        }
        return spec.state(values);
    }

    /** Returns how many of the steps are those of the specification, under the name and with the arguments that they have. */
    private int stepsThatAreRight(LoadedSpec spec, Map<String, Object> behaviour) {
        modelValues.addAll((List<?>) ((Map<?, ?>) behaviour.get("#meta")).get("model-values"));
        List<?> states = (List<?>) behaviour.get("states");
        assertThat(spec.initialStates()).contains(state(spec, (Map<?, ?>) states.get(0)));
        int right = 0;
        for (int i = 1; i < states.size(); i++) {
            Map<?, ?> after = (Map<?, ?>) states.get(i);
            Map<?, ?> meta = (Map<?, ?>) after.get("#meta");
            assertThat(meta.get("index")).isEqualTo(i);
            List<SpecValue> arguments = new ArrayList<>();
            ((List<?>) meta.get("arguments")).forEach(one -> arguments.add(spec.value(plain(one))));
            SpecTransition step = new SpecTransition((String) meta.get("action"), arguments, state(spec, after));
            right += spec.next(state(spec, (Map<?, ?>) states.get(i - 1))).contains(step) ? 1 : 0;
        }
        return right;
    }

    @Test
    void aCounterexampleIsABehaviourOfTheModel() throws IOException {
        Path file = folder.resolve("answer.itf.json");
        Run run = Run.of("check", "NaiveAnswer", "--export", file.toString());
        assertThat(run.status()).as(run.err()).isZero();
        Map<String, Object> behaviour = JSON.std.mapFrom(Files.readString(file));
        assertThat((Map<?, ?>) behaviour.get("#meta"))
                .extracting("format", "model", "breaks")
                .containsExactly("ITF", "NaiveAnswer", "DrainedBeforeAnswer");
        Path spec = Path.of(System.getProperty("faultline.home", ".")).resolve("spec");
        try (LoadedSpec model = LoadedSpec.load(
                spec.resolve("models/MCMapping.tla"),
                spec.resolve("models/NaiveAnswer.cfg"),
                spec.resolve("modules"))) {
            assertThat(behaviour.get("vars")).isEqualTo(model.variables());
            assertThat(stepsThatAreRight(model, behaviour))
                    .isEqualTo(((List<?>) behaviour.get("states")).size() - 1)
                    .isGreaterThan(4);
        }
    }

    @Test
    void walksAreWrittenWithArgumentsAndStates() throws IOException {
        Path walks = folder.resolve("walks");
        Run run = Run.of("conform", "guided", "--walks", "2", "--steps", "40", "--export", walks.toString());
        assertThat(run.status()).as(run.err()).isZero();
        try (Stream<Path> files = Files.list(walks)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("walk-1.itf.json", "walk-2.itf.json");
        }
        Map<String, Object> behaviour = JSON.std.mapFrom(Files.readString(walks.resolve("walk-1.itf.json")));
        List<?> states = (List<?>) behaviour.get("states");
        assertThat(states).hasSizeGreaterThan(20);
        assertThat(states.subList(1, states.size()))
                .allSatisfy(state -> assertThat((Map<?, ?>) ((Map<?, ?>) state).get("#meta"))
                        .extracting("action", "arguments")
                        .doesNotContainNull());
        Run again = Run.of("conform", "guided", "--export", walks.toString());
        assertThat(again.err()).contains(walks + ": there is something already");
        assertThat(again.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void whatHoldsHasNothingToExport() throws IOException {
        Path file = folder.resolve("none");
        Run run = Run.of("check", "--export", file.toString());
        assertThat(run.err()).contains("--export is for one MODEL that is checked");
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(file).doesNotExist();
    }
}
