package dev.faultline.spec.itf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.faultline.spec.engine.ModelValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ItfTest {
    private static Object written(Object value) throws IOException {
        Behaviour behaviour = new Behaviour(
                Map.of("model", "M"),
                List.of("x"),
                Map.of("x", 0),
                List.of(new Behaviour.Step("Go", List.of(value, "a"), Map.of("x", value))),
                OptionalInt.of(1));
        Map<String, Object> root = JSON.std.mapFrom(Itf.text(behaviour));
        assertThat(root)
                .containsEntry("vars", List.of("x"))
                .containsEntry("loop", 1)
                .containsOnlyKeys("#meta", "vars", "states", "loop");
        assertThat((Map<?, ?>) root.get("#meta"))
                .extracting("model-values")
                .isEqualTo(value instanceof ModelValue model ? List.of(model.name()) : List.of());
        List<?> states = (List<?>) root.get("states");
        assertThat(states.get(0)).isEqualTo(Map.of("#meta", Map.of("index", 0), "x", Map.of("#bigint", "0")));
        Map<?, ?> second = (Map<?, ?>) states.get(1);
        Object found = second.get("x");
        assertThat(second.get("#meta")).isEqualTo(Map.of("index", 1, "action", "Go", "arguments", List.of(found, "a")));
        return found;
    }

    @Test
    void eachKindOfValueHasItsForm() throws IOException {
        assertThat(written(true)).isEqualTo(true);
        assertThat(written(-7)).isEqualTo(Map.of("#bigint", "-7"));
        assertThat(written("text")).isEqualTo("text");
        assertThat(written(new ModelValue("m1"))).isEqualTo("m1");
        assertThat(written(List.of("a", List.of()))).isEqualTo(List.of("a", List.of()));
        assertThat(written(Set.of("a"))).isEqualTo(Map.of("#set", List.of("a")));
        assertThat(written(Map.of("f", 1))).isEqualTo(Map.of("f", Map.of("#bigint", "1")));
        assertThat(written(Map.of(0, Set.of())))
                .isEqualTo(Map.of("#map", List.of(List.of(Map.of("#bigint", "0"), Map.of("#set", List.of())))));
    }

    /** A function over strings whose names the format has for itself is no record. */
    @Test
    void aNameOfTheFormatsOwnIsNoField() throws IOException {
        assertThat(written(Map.of("#set", 1)))
                .isEqualTo(Map.of("#map", List.of(List.of("#set", Map.of("#bigint", "1")))));
    }

    @Test
    void whatIsNoValueIsRefused() {
        Behaviour missing = new Behaviour(Map.of(), List.of("x", "y"), Map.of("x", 0), List.of(), OptionalInt.empty());
        assertThatThrownBy(() -> Itf.text(missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no value for y");
        assertThatThrownBy(() -> written(new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
