package dev.faultline.conformance.scenarios;

import dev.faultline.conformance.scenarios.StepCheck.Refused;
import dev.faultline.core.IllegalStepException;
import dev.faultline.sim.IllegalRequestException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The code under check threw what it has no business to throw: a finding about that code, wherever it was asked. That a core
 * refuses a step, or a world a request, is an answer and passes as it is.
 */
public final class CodeFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private CodeFailure(Throwable thrown) {
        super(thrown.toString(), thrown);
    }

    /**
     * Asks the code under check for something.
     *
     * @throws CodeFailure if it throws anything but {@link IllegalStepException} and {@link IllegalRequestException}
     */
    public static <T> T in(Supplier<T> code) {
        try {
            return code.get();
        } catch (IllegalStepException | IllegalRequestException refused) {
            throw refused;
        } catch (RuntimeException | StackOverflowError thrown) {
            throw new CodeFailure(thrown);
        }
    }

    /** Returns it as the reason why a step is not one of the spec. */
    public Refused refused() {
        Throwable thrown = getCause() == null ? this : getCause();
        StackTraceElement[] frames = thrown.getStackTrace();
        return new Refused(
                "",
                List.of(),
                "the code under check throws " + thrown + (frames.length == 0 ? "" : "\n    at " + frames[0]));
    }
}
