package dev.faultline.spec.model;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What can be said of a model by its configuration. */
public final class Models {
    private static final String OF_READINGS = "Reading";

    private Models() {}

    /** Returns whether a model is of another reading of the source, and not of the protocol: its name says so. */
    public static boolean isOfAnotherReading(Model model) {
        return model.name().startsWith(OF_READINGS);
    }

    /** Returns the names of the properties that a model checks. */
    public static List<String> checked(Model model) {
        return ConfigFile.read(model.config()).checked();
    }

    /**
     * Returns whether a model checks what must happen in the end, which takes TLC longer.
     *
     * @param modules the folder with the modules that it extends
     */
    public static boolean isTemporal(Model model, Path modules) {
        return ConfigFile.read(model.config()).properties().stream()
                .anyMatch(ModuleTexts.read(model.module(), List.of(modules))::isTemporal);
    }

    /** Returns the names of the modules that a model extends, and does not only instantiate. */
    public static Set<String> extended(Model model, Path modules) {
        String root = String.valueOf(model.module().getFileName()).replaceFirst("\\.tla$", "");
        return ModuleTexts.read(model.module(), List.of(modules)).extendedBy(root);
    }

    /** Returns whether another operator stands in for the named one in a model. */
    public static boolean isReplaced(Model model, String operator) {
        return ConfigFile.read(model.config()).substituted().contains(operator);
    }

    /** Returns the number of states that a model is to have, if it is to hold and they are known. */
    public static OptionalLong states(Model model) {
        return model.expectation() instanceof Expectation.Holds holds ? holds.states() : OptionalLong.empty();
    }
}
