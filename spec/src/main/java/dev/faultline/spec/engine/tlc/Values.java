package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.spec.engine.SpecValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tlc2.value.impl.Applicable;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.EnumerableValue;
import tlc2.value.impl.FcnLambdaValue;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.IntervalValue;
import tlc2.value.impl.ModelValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;
import tlc2.value.impl.ValueVec;
import util.UniqueString;

/** Conversions of TLC's values: from plain Java, to plain Java, and to a form that is worth keeping. */
final class Values {
    private Values() {}

    /** Returns the value evaluated to the last part and in normal order, so that it holds on to no context or state. */
    static Value canonical(Value value) {
        Value eager = eager(value);
        eager.deepNormalize();
        return eager;
    }

    /** Replaces lazy parts in place: the parts' values are equal, so whoever shares the whole does not notice. */
    private static Value eager(Value value) {
        if (value instanceof RecordValue record) {
            eager(record.values);
        } else if (value instanceof TupleValue tuple) {
            eager(tuple.elems);
        } else if (value instanceof FcnRcdValue function) {
            if (function.domain != null) {
                eager(function.domain);
            }
            eager(function.values);
        } else if (value instanceof FcnLambdaValue lambda) {
            return eager(finite(lambda.toFcnRcd(), value));
        } else if (value instanceof SetEnumValue set) {
            ValueVec elements = set.elems;
            for (int i = 0; i < elements.size(); i++) {
                Value element = elements.elementAt(i);
                Value eager = eager(element);
                if (eager != element) {
                    elements.setElementAt(eager, i);
                }
            }
        } else if (value instanceof EnumerableValue set && !(value instanceof IntervalValue)) {
            return eager(finite(set.toSetEnum(), value));
        }
        return value;
    }

    private static void eager(Value[] parts) {
        for (int i = 0; i < parts.length; i++) {
            parts[i] = eager(parts[i]);
        }
    }

    private static Value finite(@Nullable Value converted, Value value) {
        if (converted == null) {
            throw new SpecEvaluationException("not a finite value: " + Messages.fold(value.toString()), null);
        }
        return converted;
    }

    /** Returns whether two canonical values are equal; TLC itself throws if they are of different kinds. */
    static boolean same(Value one, Value other) {
        if (one == other) {
            return true;
        } else if (one.getClass() != other.getClass() || !one.isNormalized() || !other.isNormalized()) {
            return sameInOtherForms(one, other);
        } else if (one instanceof IntValue number) {
            return number.val == ((IntValue) other).val;
        } else if (one instanceof StringValue text) {
            return text.val.equals(((StringValue) other).val);
        } else if (one instanceof RecordValue record) {
            return same(record, (RecordValue) other);
        } else if (one instanceof TupleValue tuple) {
            return same(tuple.elems, ((TupleValue) other).elems);
        } else if (one instanceof SetEnumValue set) {
            return same(set.elems, ((SetEnumValue) other).elems);
        } else if (one instanceof FcnRcdValue function) {
            // A domain of numbers may be kept as an interval.
            FcnRcdValue that = (FcnRcdValue) other;
            return function.values.length == that.values.length
                    && same(function.getDomainAsValues(), that.getDomainAsValues())
                    && same(function.values, that.values);
        }
        return sameInOtherForms(one, other);
    }

    /** In normal order, the fields of records that are equal are in the same places; so are the members of sets. */
    private static boolean same(RecordValue one, RecordValue other) {
        if (one.names.length != other.names.length) {
            return false;
        }
        for (int i = 0; i < one.names.length; i++) {
            if (!one.names[i].equals(other.names[i])) {
                return false;
            }
        }
        return same(one.values, other.values);
    }

    private static boolean same(Value[] one, Value[] other) {
        if (one.length != other.length) {
            return false;
        }
        for (int i = 0; i < one.length; i++) {
            if (!same(one[i], other[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(ValueVec one, ValueVec other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.elementAt(i), other.elementAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** A tuple may equal a function, and a function over texts a record; there are some ways to write a set. */
    private static boolean sameInOtherForms(Value one, Value other) {
        try {
            return one.hashCode() == other.hashCode() && one.equals(other);
        } catch (RuntimeException differentKinds) {
            return false;
        }
    }

    static Value fromJava(@Nullable Object plain) {
        try {
            return canonical(convert(plain));
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(Messages.of(e), e);
        }
    }

    private static Value convert(@Nullable Object plain) {
        if (plain instanceof TlcValue ours) {
            return ours.value;
        } else if (plain instanceof SpecValue foreign) {
            return convert(foreign.toJava());
        } else if (plain instanceof Boolean bool) {
            return bool ? BoolValue.ValTrue : BoolValue.ValFalse;
        } else if (plain instanceof Integer || plain instanceof Short || plain instanceof Byte) {
            return IntValue.gen(((Number) plain).intValue());
        } else if (plain instanceof Long number && number == number.intValue()) {
            return IntValue.gen(number.intValue());
        } else if (plain instanceof CharSequence text) {
            return new StringValue(text.toString());
        } else if (plain instanceof dev.faultline.spec.engine.ModelValue model) {
            return modelValue(model.name());
        } else if (plain instanceof List<?> list) {
            return new TupleValue(convertAll(list));
        } else if (plain instanceof Set<?> set) {
            return new SetEnumValue(convertAll(set), false);
        } else if (plain instanceof Map<?, ?> map) {
            return convertMap(map);
        }
        throw new IllegalArgumentException(
                plain == null ? "null is not a value" : "not a value: " + plain + " of " + plain.getClass());
    }

    private static Value[] convertAll(Collection<?> plain) {
        Value[] values = new Value[plain.size()];
        int i = 0;
        for (Object one : plain) {
            values[i++] = convert(one);
        }
        return values;
    }

    private static Value convertMap(Map<?, ?> map) {
        Value[] values = convertAll(map.values());
        if (map.keySet().stream().allMatch(CharSequence.class::isInstance)) {
            UniqueString[] names = map.keySet().stream()
                    .map(name -> UniqueString.uniqueStringOf(name.toString()))
                    .toArray(UniqueString[]::new);
            return new RecordValue(names, values, false);
        }
        return new FcnRcdValue(convertAll(map.keySet()), values, false);
    }

    static Value modelValue(String name) {
        for (ModelValue model : ModelValue.mvs) {
            if (model.val.toString().equals(name)) {
                return model;
            }
        }
        throw new IllegalArgumentException("the configuration knows no model value " + name);
    }

    static Object toJava(Value value) {
        if (value instanceof BoolValue bool) {
            return bool.val;
        } else if (value instanceof IntValue number) {
            return number.val;
        } else if (value instanceof StringValue text) {
            return text.val.toString();
        } else if (value instanceof ModelValue model) {
            return new dev.faultline.spec.engine.ModelValue(model.val.toString());
        }
        if (value instanceof RecordValue record) {
            Map<String, Object> fields = new TreeMap<>();
            for (int i = 0; i < record.names.length; i++) {
                fields.put(record.names[i].toString(), toJava(record.values[i]));
            }
            return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
        List<Value> tuple = elements(value);
        if (tuple != null) {
            return tuple.stream().map(Values::toJava).toList();
        }
        if (value instanceof FcnRcdValue function) {
            Value[] domain = function.getDomainAsValues();
            Map<Object, Object> plain = new LinkedHashMap<>();
            inTextOrder(List.of(domain)).forEach(i -> plain.put(toJava(domain[i]), toJava(function.values[i])));
            return java.util.Collections.unmodifiableMap(plain);
        }
        Set<Object> plain = new java.util.LinkedHashSet<>();
        members(value).forEach(member -> plain.add(toJava(member)));
        return java.util.Collections.unmodifiableSet(plain);
    }

    /** Returns the elements if the value is a tuple, or a function that equals one. */
    static @Nullable List<Value> elements(Value value) {
        if (value instanceof TupleValue tuple) {
            return List.of(tuple.elems);
        }
        return value instanceof FcnRcdValue function && function.toTuple() instanceof TupleValue tuple
                ? List.of(tuple.elems)
                : null;
    }

    /** Returns argument and value of a record or function, in the order of the text. */
    static @Nullable Map<Value, Value> mappings(Value value) {
        if (value instanceof RecordValue record) {
            Map<String, Value> byName = new TreeMap<>();
            for (int i = 0; i < record.names.length; i++) {
                byName.put(record.names[i].toString(), record.values[i]);
            }
            Map<Value, Value> result = new LinkedHashMap<>();
            byName.forEach((name, part) -> result.put(new StringValue(name), part));
            return result;
        } else if (value instanceof FcnRcdValue function) {
            Value[] domain = function.getDomainAsValues();
            Map<Value, Value> result = new LinkedHashMap<>();
            inTextOrder(List.of(domain)).forEach(i -> result.put(domain[i], function.values[i]));
            return result;
        }
        return null;
    }

    /** Returns the value of a function, record or tuple for an argument; null if there is none. */
    static @Nullable Value part(Value whole, Value argument) {
        if (!(whole instanceof FcnRcdValue || whole instanceof RecordValue || whole instanceof TupleValue)) {
            return null;
        }
        try {
            return ((Applicable) whole).select(argument);
        } catch (RuntimeException otherKindOfArgument) {
            return null;
        }
    }

    /** Returns the domain of a function, record or tuple. */
    static Optional<Value> domain(Value value) {
        if (value instanceof TupleValue tuple) {
            return Optional.of(new IntervalValue(1, tuple.elems.length));
        }
        return Optional.ofNullable(mappings(value))
                .map(function -> new SetEnumValue(function.keySet().toArray(new Value[0]), false));
    }

    /** Returns the members of a set in the order of the text. */
    static List<Value> members(Value value) {
        SetEnumValue set = (SetEnumValue) finite(value.toSetEnum(), value);
        List<Value> members = new ArrayList<>();
        for (int i = 0; i < set.elems.size(); i++) {
            members.add(set.elems.elementAt(i));
        }
        return inTextOrder(members).map(members::get).toList();
    }

    /** Numbers keep TLC's order, everything else goes by its text: TLC's order of strings is that of first use. */
    private static java.util.stream.Stream<Integer> inTextOrder(List<Value> values) {
        if (values.size() < 2 || values.stream().allMatch(IntValue.class::isInstance)) {
            return IntStream.range(0, values.size()).boxed();
        }
        List<String> texts = values.stream().map(Text::of).toList();
        return IntStream.range(0, values.size()).boxed().sorted(java.util.Comparator.comparing(texts::get));
    }
}
