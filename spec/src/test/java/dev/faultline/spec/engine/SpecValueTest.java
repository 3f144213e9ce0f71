package dev.faultline.spec.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SpecValueTest {
    private static final LoadedSpec FLEET = Specs.load("Fleet");

    @Property(tries = 100)
    void comesBackAsItWent(@ForAll("plain") Object plain) {
        SpecValue value = FLEET.value(plain);
        assertThat(value.toJava()).isEqualTo(plain);
        assertThat(FLEET.value(value.toJava()))
                .isEqualTo(value)
                .hasSameHashCodeAs(value)
                .hasToString(value.toString());
    }

    @Provide
    Arbitrary<Object> plain() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.integers().map(i -> i),
                () -> Arbitraries.of(true, false, new ModelValue("a1"), new ModelValue("a2")),
                () -> Arbitraries.strings().alpha().numeric().ofMaxLength(5).map(s -> s),
                () -> plain().list().ofMaxSize(2).map(list -> list),
                () -> Arbitraries.strings().ofMaxLength(3).set().ofMaxSize(4).map(set -> set),
                () -> Arbitraries.integers()
                        .list()
                        .ofMaxSize(2)
                        .set()
                        .ofMaxSize(2)
                        .map(set -> set),
                () -> Arbitraries.maps(Arbitraries.strings().alpha().ofMinLength(1), plain())
                        .ofMinSize(1)
                        .ofMaxSize(2)
                        .map(map -> map),
                () -> Arbitraries.maps(Arbitraries.integers().greaterOrEqual(2), plain())
                        .ofMinSize(1)
                        .ofMaxSize(2)
                        .map(map -> map));
    }

    @Test
    void isWrittenInTlaSyntax() {
        assertThat(FLEET.value(List.of(1, "a \"b\"", true))).hasToString("<<1, \"a \\\"b\\\"\", TRUE>>");
        assertThat(FLEET.value(Map.of("to", 1, "from", 2))).hasToString("[from |-> 2, to |-> 1]");
        assertThat(FLEET.value(Map.of("h-1", 1))).hasToString("(\"h-1\" :> 1)");
        assertThat(FLEET.value(Map.of(new ModelValue("a1"), 1))).hasToString("(a1 :> 1)");
        assertThat(FLEET.value(Set.of("z", "b", "a"))).hasToString("{\"a\", \"b\", \"z\"}");
        assertThat(FLEET.value(Set.of(10, 9, 2))).hasToString("{2, 9, 10}");
        assertThat(FLEET.value(new TreeSet<>(IntStream.range(0, 100).boxed().toList())))
                .hasToString("0..99");
    }

    @Test
    void isEqualWhenTlaSaysSo() {
        assertThat(FLEET.value(Map.of(1, "a", 2, "b"))).isEqualTo(FLEET.value(List.of("a", "b")));
        assertThat(FLEET.value(Map.of(1, "a", 2, "b"))).hasToString("<<\"a\", \"b\">>");
        assertThat(FLEET.value(Map.of())).isEqualTo(FLEET.value(List.of())).hasToString("<<>>");
        assertThat(FLEET.value(1L)).isEqualTo(FLEET.value(1));
        assertThat(FLEET.value("a1")).isNotEqualTo(FLEET.modelValue("a1"));
        assertThat(FLEET.value(1)).isNotEqualTo(FLEET.value("1"));
        assertThat(FLEET.value(Set.of())).isNotEqualTo(FLEET.value(List.of()));
    }

    @Test
    void mayContainOtherValues() {
        SpecValue inner = FLEET.value(Set.of(1));
        assertThat(FLEET.value(List.of(inner, 2))).isEqualTo(FLEET.value(List.of(Set.of(1), 2)));
    }

    @Test
    void isNotMadeOfEverything() {
        assertThatThrownBy(() -> FLEET.value(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FLEET.value(1L << 40)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FLEET.value(new ArrayList<>(Collections.singleton(null))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("null is not a value");
        assertThatThrownBy(() -> FLEET.value(Set.of(1, "one")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Attempted to compare");
        assertThatThrownBy(() -> FLEET.value(new ModelValue("zz"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FLEET.modelValue("zz")).isInstanceOf(NoSuchElementException.class);
    }
}
