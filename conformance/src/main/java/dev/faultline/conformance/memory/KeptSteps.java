package dev.faultline.conformance.memory;

import dev.faultline.conformance.names.NameKind;
import dev.faultline.conformance.names.Renaming;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Steps of an earlier run, as {@link StepWriter} has written them. They form a graph: a node is what is believed, an edge a
 * question and what is believed then. What a trace does not come by is checked for its form when it is opened, but not made.
 * For the thread of the spec.
 */
final class KeptSteps {
    /** The versions of the form, first in the bytes. */
    static final int VERSION = 1;

    private final LoadedSpec spec;
    private final Table strings;
    private final Table values;
    private final Table nodes;
    private final @Nullable Object[] plain;
    private final @Nullable SpecValue[] made;
    private final Map<Long, Object> records = new HashMap<>();
    private final Map<Long, List<Integer>> byHash = new HashMap<>();
    private int askedEdges;

    /**
     * A step that was taken.
     *
     * @param arguments the action's, under tokens
     * @param after the node of what is believed then
     * @param isAsked whether the spec was asked this very question; else, one that follows by an exchange of names
     */
    record Edge(String action, List<Object> arguments, int after, Renaming renaming, boolean isAsked) {}

    /** Items of bytes, by number. */
    private static final class Table {
        private final ByteBuffer ends;
        private final ByteBuffer items;

        Table(ByteBuffer in) {
            int count = in.getInt();
            int bytes = in.getInt();
            ends = in.slice(in.position(), Math.multiplyExact(Integer.BYTES, count));
            in.position(in.position() + ends.limit());
            items = in.slice(in.position(), bytes);
            in.position(in.position() + bytes);
        }

        int count() {
            return ends.limit() / Integer.BYTES;
        }

        ByteBuffer item(int number) {
            int begin = number == 0 ? 0 : ends.getInt(Integer.BYTES * (number - 1));
            return items.slice(begin, ends.getInt(Integer.BYTES * number) - begin);
        }
    }

    private KeptSteps(LoadedSpec spec, ByteBuffer bytes) {
        this.spec = spec;
        ByteBuffer in = bytes.duplicate();
        expect(in.getInt() == VERSION && in.getInt() == spec.variables().size());
        strings = new Table(in);
        values = new Table(in);
        nodes = new Table(in);
        expect(!in.hasRemaining());
        plain = new @Nullable Object[values.count()];
        made = new @Nullable SpecValue[values.count()];
        checkForm();
    }

    /** Opens bytes; empty if this is not what {@link StepWriter} writes for such a spec. */
    static Optional<KeptSteps> of(LoadedSpec spec, ByteBuffer bytes) {
        try {
            return Optional.of(new KeptSteps(spec, bytes));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** So that nothing is found wrong later, when there is no way back. */
    private void checkForm() {
        for (int i = 0; i < values.count(); i++) {
            plain(i, i);
        }
        for (int i = 0; i < nodes.count(); i++) {
            ByteBuffer in = nodes.item(i);
            byHash.computeIfAbsent(in.getLong(), hash -> new ArrayList<>(1)).add(i);
            int states = in.getInt();
            expect(states > 0);
            for (int j = 0; j < Math.multiplyExact(states, spec.variables().size()); j++) {
                int value = in.getInt();
                expect(value >= 0 && value < values.count());
            }
            for (int edges = in.getInt(); edges > 0; edges--) {
                Edge edge = edge(in);
                spec.action(edge.action);
                expect(edge.after >= 0 && edge.after < nodes.count());
                askedEdges += edge.isAsked ? 1 : 0;
            }
            expect(!in.hasRemaining());
        }
    }

    private static void expect(boolean right) {
        if (!right) {
            throw new IllegalArgumentException("these are no steps");
        }
    }

    /** Returns how many nodes there are. */
    int count() {
        return nodes.count();
    }

    /** Returns how many edges the spec was asked for. */
    int askedEdges() {
        return askedEdges;
    }

    /** Returns the nodes whose states may be such that have this hash; see {@link StepWriter#hash}. */
    List<Integer> candidates(long hash) {
        return byHash.getOrDefault(hash, List.of());
    }

    /** Returns the hash of a node's states. */
    long hash(int node) {
        return nodes.item(node).getLong();
    }

    /** Returns how many states a node has. */
    int size(int node) {
        return nodes.item(node).position(Long.BYTES).getInt();
    }

    /** Returns the states of a node, each as the plain values of its variables. */
    List<List<Object>> plainStates(int node) {
        ByteBuffer in = nodes.item(node).position(Long.BYTES);
        List<List<Object>> states = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            List<Object> state = new ArrayList<>();
            for (int i = 0; i < spec.variables().size(); i++) {
                int value = in.getInt();
                state.add(plain(value, value));
            }
            states.add(state);
        }
        return states;
    }

    /** Returns the states of a node. */
    List<SpecState> states(int node) {
        ByteBuffer in = nodes.item(node).position(Long.BYTES);
        List<SpecState> states = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            Map<String, SpecValue> state = new HashMap<>();
            for (String variable : spec.variables()) {
                state.put(variable, value(in.getInt()));
            }
            states.add(spec.state(state));
        }
        return states;
    }

    /** Returns the steps from a node. */
    List<Edge> edges(int node) {
        ByteBuffer in = nodes.item(node);
        in.position(Long.BYTES);
        int states = in.getInt();
        in.position(in.position() + Integer.BYTES * states * spec.variables().size());
        List<Edge> edges = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            edges.add(edge(in));
        }
        return edges;
    }

    private Edge edge(ByteBuffer in) {
        String action = text(in.getInt());
        boolean asked = in.get() != 0;
        int after = in.getInt();
        Map<NameKind, int[]> renaming = new EnumMap<>(NameKind.class);
        for (NameKind kind : NameKind.values()) {
            int names = in.getShort();
            if (names >= 0) {
                int[] before = new int[names];
                for (int i = 0; i < names; i++) {
                    before[i] = in.getShort();
                    expect(before[i] >= 0);
                }
                renaming.put(kind, before);
            }
        }
        Object[] arguments = new Object[in.get()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(in);
        }
        return new Edge(action, List.of(arguments), after, new Renaming(renaming), asked);
    }

    private Object argument(ByteBuffer in) {
        int type = in.get();
        int value = in.getInt();
        return type == Arguments.PLAIN
                ? plain(value, value)
                : records.computeIfAbsent(
                        ((long) type << Integer.SIZE) + value, key -> Arguments.record(type, text(value)));
    }

    private String text(int number) {
        return StandardCharsets.UTF_8.decode(strings.item(number)).toString();
    }

    private SpecValue value(int number) {
        SpecValue value = made[number];
        if (value == null) {
            value = spec.value(plain(number, number));
            made[number] = value;
        }
        return value;
    }

    /** Returns a value, made of values with lower numbers than it has. */
    private Object plain(int number, int below) {
        expect(number <= below);
        Object value = plain[number];
        if (value == null) {
            value = plain(values.item(number), number - 1);
            plain[number] = value;
        }
        return value;
    }

    private Object plain(ByteBuffer in, int below) {
        byte type = in.get();
        return switch (type) {
            case StepWriter.FALSE -> false;
            case StepWriter.TRUE -> true;
            case StepWriter.NUMBER -> in.getInt();
            case StepWriter.TEXT -> text(in.getInt());
            case StepWriter.LIST, StepWriter.SET -> {
                List<Object> elements = new ArrayList<>();
                while (in.hasRemaining()) {
                    elements.add(plain(in.getInt(), below));
                }
                yield type == StepWriter.LIST ? List.copyOf(elements) : new LinkedHashSet<>(elements);
            }
            case StepWriter.MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                while (in.hasRemaining()) {
                    map.put(plain(in.getInt(), below), plain(in.getInt(), below));
                }
                yield map;
            }
            default -> throw new IllegalArgumentException("no value is of type " + type);
        };
    }
}
