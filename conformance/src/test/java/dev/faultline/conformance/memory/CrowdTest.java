package dev.faultline.conformance.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** New slices ask at once where hardly a step comes twice, but for some, so that it is noticed when that changes. */
class CrowdTest {
    private final Crowd crowd = new Crowd();

    private long asking(int slices) {
        return IntStream.range(0, slices).filter(i -> crowd.isToBeAsked()).count();
    }

    @Test
    void slicesAskWhereMostStepsAreNewAndSomeTryAgain() {
        assertThat(asking(100)).as("nothing is known").isZero();
        crowd.report(1_024, 1_024);
        assertThat(asking(100)).as("too little is known").isZero();
        crowd.report(1_024, 1_024);
        assertThat(asking(640)).isEqualTo(630);
        crowd.report(2_048, 1_000);
        assertThat(asking(100)).as("most steps are known").isZero();
    }
}
