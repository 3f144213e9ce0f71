package dev.faultline.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What options count. */
final class Counts {
    /** More than any machine has use for, and fewer than bring it to a stand. */
    private static final int MOST_THREADS = 256;

    private Counts() {}

    /** For {@code @Option(converter = …)}: a number of things without which there is nothing to do. */
    static final class AtLeastOne implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return from(1, value);
        }
    }

    /** For {@code @Option(converter = …)}: a number of threads, or of things that have a thread each. */
    static final class Threads implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            int number = from(1, value);
            if (number > MOST_THREADS) {
                throw new TypeConversionException("it must be at most " + MOST_THREADS + ", not " + number);
            }
            return number;
        }
    }

    /** For {@code @Option(converter = …)}: a number of things of which there may be none. */
    static final class NotNegative implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return from(0, value);
        }
    }

    private static int from(int least, String value) {
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + value + "' is not an int");
        }
        if (number < least) {
            throw new TypeConversionException("it must be at least " + least + ", not " + number);
        }
        return number;
    }
}
