package dev.faultline.cli;

import java.util.Locale;

/** Numbers of things, in words. */
final class Counted {
    private Counted() {}

    /** Returns how many there are of something, such as {@code 1 call} and {@code 2,000 calls}. */
    static String of(long number, String one) {
        return String.format(Locale.ROOT, "%,d %s%s", number, one, number == 1 ? "" : "s");
    }
}
