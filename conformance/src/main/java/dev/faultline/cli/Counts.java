package dev.faultline.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What options count. */
final class Counts {
    private Counts() {}

    /** For {@code @Option(converter = …)}: a number of things without which there is nothing to do. */
    static final class AtLeastOne implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return from(1, value);
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
