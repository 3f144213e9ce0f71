package dev.faultline.spec.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.spec.engine.ModelValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintedValueTest {
    @Test
    void readsWhatTlcPrints() {
        assertThat(PrintedValue.state("""
                /\\ net = ( [ type |-> "fault",
                    blocking |-> TRUE ] :>
                      1 @@
                  <<2, -1>> :> {} )
                /\\ cache = (a1 :> [disk |-> (0 :> "N\\"w")])
                /\\ numbers = 3..5
                /\\ clones = <<>>"""))
                .isEqualTo(Map.of(
                        "net", Map.of(Map.of("type", "fault", "blocking", true), 1, List.of(2, -1), Set.of()),
                        "cache", Map.of(new ModelValue("a1"), Map.of("disk", Map.of(0, "N\"w"))),
                        "numbers", Set.of(3, 4, 5),
                        "clones", List.of()));
        assertThat(PrintedValue.state("n = 2")).isEqualTo(Map.of("n", 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "n", "n = ", "n = {1", "n = [a -> 1]", "n = (1 :> 2", "n = <<1 2>>", "n = 1 ?", "n = @@"})
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> PrintedValue.state(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
