package dev.faultline.conformance.names;

import java.util.stream.IntStream;

/**
 * The names that the spec does not look into: exchange any two of a kind wherever they stand, and steps stay steps. Only
 * versions have an order. Within a slice each name has a token in its place: the numbers from 0 on, with a letter before
 * them where the spec wants a text; for versions, even numbers from 2 on, in order, so that there is room between them.
 */
public enum NameKind {
    AGENT("a"),
    HOST("h"),
    CONTENT("c"),
    BLOCK(""),
    LOCATION(""),
    VERSION("");

    private static final int KEPT = 256;
    private final String letter;
    private final Object[] kept;

    NameKind(String letter) {
        this.letter = letter;
        kept = IntStream.range(0, KEPT).mapToObj(this::make).toArray();
    }

    /** Returns the token of a number. */
    public Object token(int index) {
        return index < KEPT ? kept[index] : make(index);
    }

    private Object make(int index) {
        if (letter.isEmpty()) {
            return name().equals("VERSION") ? 2 * (index + 1) : index;
        }
        return letter + index;
    }

    /**
     * Returns the number of a token.
     *
     * @param known how many names there are: the number of a version between them
     */
    public int index(Object token, int known) {
        if (token instanceof String text) {
            return Integer.parseInt(text, letter.length(), text.length(), 10);
        }
        int number = (Integer) token;
        if (this == VERSION) {
            return number % 2 == 0 ? number / 2 - 1 : known;
        }
        return number;
    }
}
