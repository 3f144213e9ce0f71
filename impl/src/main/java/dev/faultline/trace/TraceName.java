package dev.faultline.trace;

import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;

/** What a name in a trace may be: in any language, but shown on a terminal as it is. For any thread. */
public final class TraceName {
    private static final int NON_JOINER = 0x200c;
    private static final int JOINER = 0x200d;

    private TraceName() {}

    /** Returns the name; {@link IllegalArgumentException} if it has characters that control what is shown. */
    public static String expect(String name) {
        if (!StringUtils.isAsciiPrintable(name) && !name.codePoints().allMatch(TraceName::isShown)) {
            throw new IllegalArgumentException("the name '" + escaped(name) + "' has a character that cannot be shown");
        }
        return name;
    }

    /**
     * Returns the name; {@link IllegalArgumentException} if it cannot be in a header, which becomes a part of a module: it must
     * be of printable ASCII characters.
     */
    static String expectAscii(String name) {
        if (!StringUtils.isAsciiPrintable(name)) {
            throw new IllegalArgumentException("the name '" + escaped(name)
                    + "' cannot be written in TLA+: it must be of printable ASCII characters");
        }
        return name;
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            // Most of them turn the direction of writing; these two are parts of words in some languages.
            case Character.FORMAT -> character == NON_JOINER || character == JOINER;
            default -> true;
        };
    }

    private static String escaped(String name) {
        return name.codePoints()
                .mapToObj(each -> isShown(each)
                        ? Character.toString(each)
                        : "\\u" + StringUtils.leftPad(Integer.toHexString(each), 4, '0'))
                .collect(Collectors.joining());
    }
}
