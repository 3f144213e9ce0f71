package dev.faultline.cli;

import dev.faultline.conformance.Exhaustive;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code conform exhaustive}: all that a bounded system of the code can do. */
@Command(name = "exhaustive", description = "x")
final class ConformExhaustiveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "SCENARIO", description = "only these")
    private @Nullable List<String> names;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Exhaustive.run(names == null ? List.of() : names, out);
        return 0;
    }
}
