package dev.faultline.spec.model;

/** The text of a module or configuration without what TLC does not read. */
final class TlaText {
    private TlaText() {}

    /** Returns the text with each comment and string as blanks; every character stays on its line and column. */
    static String withoutComments(String text) {
        StringBuilder result = new StringBuilder(text);
        int depth = 0; // block comments nest
        for (int i = 0; i < text.length(); i++) {
            int end = i + 1;
            if (text.startsWith("(*", i)) {
                depth++;
                end = i + 2;
            } else if (depth > 0 && text.startsWith("*)", i)) {
                depth--;
                end = i + 2;
            } else if (depth == 0 && text.startsWith("\\*", i)) {
                end = endOfLine(text, i);
            } else if (depth == 0 && text.charAt(i) == '"') {
                end = endOfString(text, i);
            } else if (depth == 0) {
                continue;
            }
            for (int j = i; j < end; j++) {
                if (text.charAt(j) != '\n') {
                    result.setCharAt(j, ' ');
                }
            }
            i = end - 1;
        }
        return result.toString();
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static int endOfString(String text, int from) {
        int line = endOfLine(text, from);
        for (int i = from + 1; i < line; i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        return line;
    }
}
