package dev.faultline.conformance.memory;

import static dev.faultline.conformance.memory.NamedValue.mix;

import dev.faultline.conformance.names.NameKind;
import dev.faultline.conformance.names.Renaming;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes steps for {@link KeptSteps}: three tables, of texts, of values made of texts and values before them, and of nodes
 * with their edges. Equal values are written once. For the thread of the spec, and one use.
 */
final class StepWriter {
    static final byte FALSE = 0;
    static final byte TRUE = 1;
    static final byte NUMBER = 2;
    static final byte TEXT = 3;
    static final byte LIST = 4;
    static final byte SET = 5;
    static final byte MAP = 6;

    private final List<String> variables;
    private final Items strings = new Items();
    private final Items values = new Items();
    private final Items nodes = new Items();
    private final Map<String, Integer> knownStrings = new HashMap<>();
    private final Map<Object, Integer> knownValues = new HashMap<>();
    private final IdentityHashMap<SpecValue, Integer> knownSpecValues = new IdentityHashMap<>();

    /** Items of bytes, with the numbers at which they end. */
    private static final class Items {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);
        private final List<Integer> ends = new ArrayList<>();

        int end() {
            ends.add(bytes.size());
            return ends.size() - 1;
        }

        void writeTo(DataOutputStream file) throws IOException {
            file.writeInt(ends.size());
            file.writeInt(bytes.size());
            for (int end : ends) {
                file.writeInt(end);
            }
            bytes.writeTo(file);
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    StepWriter(List<String> variables) {
        this.variables = variables;
    }

    /** Returns the numbers of a state's values. */
    int[] state(SpecState state) {
        return variables.stream()
                .mapToInt(variable -> {
                    SpecValue value = state.get(variable);
                    Integer known = knownSpecValues.get(value);
                    if (known == null) {
                        known = value(value.toJava());
                        knownSpecValues.put(value, known);
                    }
                    return known;
                })
                .toArray();
    }

    /** Returns the numbers of the values that make a state. */
    int[] state(List<Object> plain) {
        return plain.stream().mapToInt(this::value).toArray();
    }

    /** Writes the next node. */
    void node(long hash, List<int[]> states, List<KeptSteps.Edge> edges) {
        write(nodes.out, out -> {
            out.writeLong(hash);
            out.writeInt(states.size());
            for (int[] state : states) {
                for (int value : state) {
                    out.writeInt(value);
                }
            }
            out.writeInt(edges.size());
            for (KeptSteps.Edge edge : edges) {
                edge(out, edge);
            }
        });
        nodes.end();
    }

    private void edge(DataOutputStream out, KeptSteps.Edge edge) throws IOException {
        out.writeInt(text(edge.action()));
        out.writeByte(edge.isAsked() ? 1 : 0);
        out.writeInt(edge.after());
        Renaming renaming = edge.renaming();
        for (NameKind kind : NameKind.values()) {
            int[] before = renaming.before(kind.ordinal());
            out.writeShort(before == null ? -1 : before.length);
            for (int i = 0; before != null && i < before.length; i++) {
                out.writeShort(before[i]);
            }
        }
        out.writeByte(edge.arguments().size());
        for (Object argument : edge.arguments()) {
            byte type = Arguments.type(argument);
            out.writeByte(type);
            out.writeInt(type == Arguments.PLAIN ? value(argument) : text(Arguments.text(argument)));
        }
    }

    /** Returns all that was written. */
    ByteBuffer toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(new DataOutputStream(bytes), out -> {
            out.writeInt(KeptSteps.VERSION);
            out.writeInt(variables.size());
            strings.writeTo(out);
            values.writeTo(out);
            nodes.writeTo(out);
        });
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private int text(String text) {
        return knownStrings.computeIfAbsent(text, t -> {
            write(strings.out, out -> out.write(t.getBytes(StandardCharsets.UTF_8)));
            return strings.end();
        });
    }

    private int value(Object plain) {
        Integer known = knownValues.get(plain);
        if (known == null) {
            known = newValue(plain);
            knownValues.put(plain, known);
        }
        return known;
    }

    private int newValue(Object plain) {
        byte type;
        List<Integer> parts = new ArrayList<>();
        if (plain instanceof Boolean truth) {
            type = truth ? TRUE : FALSE;
        } else if (plain instanceof Integer number) {
            type = NUMBER;
            parts.add(number);
        } else if (plain instanceof String text) {
            type = TEXT;
            parts.add(text(text));
        } else if (plain instanceof Map<?, ?> map) {
            type = MAP;
            map.forEach((key, value) -> {
                parts.add(value(key));
                parts.add(value(value));
            });
        } else if (plain instanceof Collection<?> elements) {
            type = plain instanceof Set ? SET : LIST;
            elements.forEach(element -> parts.add(value(element)));
        } else {
            throw new IllegalArgumentException("this cannot be kept: " + plain);
        }
        write(values.out, out -> {
            out.writeByte(type);
            for (int part : parts) {
                out.writeInt(part);
            }
        });
        return values.end();
    }

    private static void write(DataOutputStream out, Writing writing) {
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // to memory: this does not happen
        }
    }

    /** Returns a hash of a value that is the same in every run. */
    static long hash(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            long sum = MAP;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sum += mix(hash(entry.getKey()), hash(entry.getValue()));
            }
            return sum;
        } else if (plain instanceof Set<?> set) {
            long sum = SET;
            for (Object element : set) {
                sum += mix(SET, hash(element));
            }
            return sum;
        } else if (plain instanceof List<?> list) {
            long mixed = LIST;
            for (Object element : list) {
                mixed = mix(mixed, hash(element));
            }
            return mixed;
        }
        return mix(plain instanceof String ? TEXT : NUMBER, plain.hashCode());
    }
}
