package dev.faultline.spec.engine.tlc;

/** Makes one line of what TLC says in many. */
final class Messages {
    private static final int LONGEST = 400;

    private Messages() {}

    static String of(Throwable thrown) {
        if (thrown instanceof StackOverflowError) {
            return "the recursion is too deep";
        }
        String message = thrown.getMessage();
        return message == null ? "TLC failed with " + thrown.getClass().getSimpleName() : fold(message);
    }

    static String fold(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST
                ? line
                : line.substring(0, LONGEST / 2) + " … " + line.substring(line.length() - LONGEST / 2);
    }
}
