package dev.faultline.spec.engine.tlc;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.IntervalValue;
import tlc2.value.impl.ModelValue;
import tlc2.value.impl.SetOfFcnsOrRcdsValue;
import tlc2.value.impl.SetOfTuplesValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.SubsetValue;
import tlc2.value.impl.UserValue;
import tlc2.value.impl.Value;

/** Writes canonical values in TLA+ syntax; equal values get equal text. */
final class Text {
    private static final Pattern IDENTIFIER = Pattern.compile("\\w*[A-Za-z]\\w*");
    private static final int LONGEST_LISTED_INTERVAL = 16;

    private Text() {}

    static String of(Value value) {
        if (value instanceof BoolValue
                || value instanceof IntValue
                || value instanceof StringValue
                || value instanceof ModelValue
                || value instanceof UserValue) {
            return value.toString();
        }
        List<Value> tuple = Values.elements(value);
        if (tuple != null) {
            return tuple.stream().map(Text::of).collect(joining(", ", "<<", ">>"));
        }
        Map<Value, Value> function = Values.mappings(value);
        if (function == null) {
            return set(Values.members(value));
        } else if (function.isEmpty()) {
            return "<<>>";
        } else if (function.keySet().stream().allMatch(Text::isFieldName)) {
            return function.entrySet().stream()
                    .map(field -> name(field.getKey()) + " |-> " + of(field.getValue()))
                    .collect(joining(", ", "[", "]"));
        }
        return function.entrySet().stream()
                .map(part -> of(part.getKey()) + " :> " + of(part.getValue()))
                .collect(joining(" @@ ", "(", ")"));
    }

    /** Returns whether TLC has a few words for a set that would be long, or too long, if its members were listed. */
    static boolean isShort(Value value) {
        return value instanceof SetOfFcnsOrRcdsValue
                || value instanceof SetOfTuplesValue
                || value instanceof SubsetValue
                || value instanceof IntervalValue;
    }

    /** Returns the text of a canonical or short value, cut if it is long. */
    static String brief(Value value) {
        return Messages.fold(isShort(value) ? value.toString() : of(value));
    }

    /** Returns how a part of a function, record or tuple is reached: {@code .phase}, {@code ["h-1"]} or {@code [2]}. */
    static String selector(Value key, boolean field) {
        return field && isFieldName(key) ? "." + name(key) : "[" + of(key) + "]";
    }

    private static String set(List<Value> members) {
        int last = members.size() - 1;
        if (last >= LONGEST_LISTED_INTERVAL
                && members.get(0) instanceof IntValue low
                && members.get(last) instanceof IntValue high
                && high.val - low.val == last) {
            return low.val + ".." + high.val;
        }
        return members.stream().map(Text::of).collect(joining(", ", "{", "}"));
    }

    private static boolean isFieldName(Value key) {
        return key instanceof StringValue && IDENTIFIER.matcher(name(key)).matches();
    }

    private static String name(Value key) {
        return ((StringValue) key).val.toString();
    }
}
