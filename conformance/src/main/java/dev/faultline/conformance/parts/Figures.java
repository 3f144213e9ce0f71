package dev.faultline.conformance.parts;

import java.util.Locale;

/** Figures in the rows, the same in every country. */
final class Figures {
    private Figures() {}

    /** Formats as {@link String#format}, with commas between thousands and points before decimals. */
    static String figures(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
