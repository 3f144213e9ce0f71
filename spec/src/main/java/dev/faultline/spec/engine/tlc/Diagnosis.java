package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.SpecLoadException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tla2sany.drivers.FrontEndException;
import tla2sany.drivers.SANY;
import tla2sany.modanalyzer.SpecObj;
import tla2sany.semantic.Errors;
import tlc2.output.EC;
import tlc2.tool.ConfigFileException;
import tlc2.tool.impl.ModelConfig;
import util.Assert.TLCRuntimeException;
import util.ToolIO;

/** Says in one line why a specification does not load. */
final class Diagnosis {
    private static final Pattern WORD = Pattern.compile("[\\w!]+");
    private static final Pattern CONFIG_LINE =
            Pattern.compile("configuration file at line (\\d+)\\s+(.*)", Pattern.DOTALL);
    private static final Pattern PARSED_FILE = Pattern.compile("(?m)^Parsing file (.*)$");
    private static final Pattern PARSE_ERROR = Pattern.compile(
            "(?:\\*\\*\\*Parse Error\\*\\*\\*|(?=Lexical error))(.*?line (\\d+).*?)(?:\n\n|$)", Pattern.DOTALL);
    private static final Pattern LOCATED =
            Pattern.compile("line (\\d+), col .* of module (\\w+)\n\n(.*)", Pattern.DOTALL);
    private static final Pattern NOT_FOUND = Pattern.compile("source file for module (\\w+) imported in module (\\w+)");
    private static final Set<String> KEYWORDS = Set.of(ModelConfig.ALL_KEYWORDS);

    private final Path module;
    private final Path config;
    private final Resolver resolver;

    Diagnosis(Path module, Path config, Resolver resolver) {
        this.module = module;
        this.config = config;
        this.resolver = resolver;
    }

    /** Explains what TLC threw while loading. */
    SpecLoadException of(Throwable thrown) {
        boolean parsing = thrown instanceof TLCRuntimeException known
                && (known.errorCode == EC.TLC_PARSING_FAILED || known.errorCode == EC.TLC_PARSING_FAILED2);
        String message = parsing
                ? ofModules().orElseGet(() -> module.getFileName() + ": " + ofNoModule(thrown))
                : ofConfig(thrown);
        return new SpecLoadException(message, thrown);
    }

    /** Explains a configuration that assigns a constant which the module does not have; TLC lets it pass. */
    SpecLoadException ofUnknownConstant(String name) {
        String message = "the constant " + name + " does not appear in the specification";
        return new SpecLoadException(config.getFileName() + lineNaming(config, message) + ": " + message, null);
    }

    /** What the parser says of a file in which it finds no module is about a table of its own. */
    private String ofNoModule(Throwable thrown) {
        String message = Messages.of(thrown);
        return message.contains("Module-Table lookup failure")
                ? "there is no module " + Loading.nameOf(module) + " in it"
                : message;
    }

    private String ofConfig(Throwable thrown) {
        Matcher located = CONFIG_LINE.matcher(String.valueOf(thrown.getMessage()));
        if (thrown instanceof ConfigFileException && located.find()) {
            return config.getFileName() + " line " + located.group(1) + ": " + Messages.fold(located.group(2));
        }
        if (thrown instanceof TLCRuntimeException known && known.errorCode == EC.TLC_CONFIG_MISSING_INIT) {
            return config.getFileName() + ": the configuration names no initial states, by INIT or SPECIFICATION";
        }
        String message = Messages.of(thrown);
        return config.getFileName() + lineNaming(config, message) + ": " + message;
    }

    /** Returns the first line of the file with a name that the message mentions. */
    private static String lineNaming(Path file, String message) {
        List<String> mentioned =
                WORD.matcher(message).results().map(MatchResult::group).toList();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            boolean names = WORD.matcher(lines.get(i).replaceFirst("\\\\\\*.*", ""))
                    .results()
                    .map(MatchResult::group)
                    .anyMatch(word -> !KEYWORDS.contains(word) && mentioned.contains(word));
            if (names) {
                return " line " + (i + 1);
            }
        }
        return "";
    }

    private static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses again, for the parser tells TLC no more than that it failed. */
    private Optional<String> ofModules() {
        PrintStream silence = ToolIO.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        String name = Loading.nameOf(module);
        SpecObj parsed = new SpecObj(name, resolver);
        try {
            ToolIO.out = new PrintStream(printed, true, StandardCharsets.UTF_8);
            SANY.frontEndMain(parsed, name, silence);
        } catch (FrontEndException e) {
            return Optional.of(module.getFileName() + ": " + Messages.of(e));
        } finally {
            ToolIO.out = silence;
        }
        return ofSyntax(printed.toString(StandardCharsets.UTF_8))
                .or(() -> Stream.of(parsed.initErrors, parsed.parseErrors, parsed.semanticErrors)
                        .flatMap(Diagnosis::messages)
                        .findFirst()
                        .map(this::ofMessage));
    }

    private static Optional<String> ofSyntax(String printed) {
        Matcher error = PARSE_ERROR.matcher(printed);
        if (!error.find()) {
            return Optional.empty();
        }
        String file = PARSED_FILE
                .matcher(printed)
                .results()
                .map(parsed -> Path.of(parsed.group(1)).getFileName().toString())
                .collect(Collectors.reducing((first, second) -> second))
                .orElse("");
        return Optional.of(file + " line " + error.group(2) + ": "
                + Messages.fold(error.group(1).replaceAll(" at line \\d+, column \\d+ and token ", " after ")));
    }

    private static Stream<String> messages(Errors errors) {
        return Stream.concat(Arrays.stream(errors.getAborts()), Arrays.stream(errors.getErrors()));
    }

    private String ofMessage(String message) {
        Matcher located = LOCATED.matcher(message);
        if (located.matches()) {
            return located.group(2) + ".tla line " + located.group(1) + ": " + Messages.fold(located.group(3));
        }
        String line = "";
        String file = module.getFileName().toString();
        Matcher missing = NOT_FOUND.matcher(message);
        File importing = missing.find() ? resolver.resolve(missing.group(2), true) : null;
        if (importing != null) {
            file = importing.getName();
            line = lineNaming(importing.toPath(), missing.group(1));
        }
        return file + line + ": " + Messages.fold(message.replaceFirst("^Unknown location", ""));
    }
}
