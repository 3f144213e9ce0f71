package dev.faultline.trace;

import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;

/** What a name in a trace may be: one that can be written in TLA+, and shown on a terminal as it is. For any thread. */
public final class TraceName {
    private TraceName() {}

    /** Returns the name; {@link IllegalArgumentException} if it has any but printable ASCII characters. */
    public static String expect(String name) {
        if (!StringUtils.isAsciiPrintable(name)) {
            throw new IllegalArgumentException("the name '" + escaped(name)
                    + "' cannot be written in TLA+: it must be of printable ASCII characters");
        }
        return name;
    }

    private static String escaped(String name) {
        return name.chars()
                .mapToObj(each -> each >= ' ' && each < 127
                        ? String.valueOf((char) each)
                        : "\\u" + StringUtils.leftPad(Integer.toHexString(each), 4, '0'))
                .collect(Collectors.joining());
    }
}
