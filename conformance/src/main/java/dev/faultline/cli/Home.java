package dev.faultline.cli;

import java.nio.file.Path;

/** Where the checkout is. */
final class Home {
    private Home() {}

    /** Returns the root of the checkout: the launcher says which it is. */
    static Path path() {
        return Path.of(System.getProperty("faultline.home", "."));
    }
}
