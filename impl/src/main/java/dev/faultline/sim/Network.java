package dev.faultline.sim;

import dev.faultline.core.Message;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages on their way, in no order, each as often as it will arrive. Spec: {@code net}. For one thread at a time. */
final class Network {
    private final Map<Message, Integer> copies = new LinkedHashMap<>();

    Network copy() {
        Network copy = new Network();
        copy.copies.putAll(copies);
        return copy;
    }

    Map<Message, Integer> copies() {
        return Collections.unmodifiableMap(copies);
    }

    boolean has(Message message) {
        return copies.containsKey(message);
    }

    void add(Message message) {
        copies.merge(message, 1, Integer::sum);
    }

    /** Takes one copy of a message away; {@link IllegalRequestException} if there is none. */
    void take(Message message) {
        if (!has(message)) {
            throw new IllegalRequestException("there is no such message on its way: " + message);
        }
        copies.computeIfPresent(message, (m, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Network that && copies.equals(that.copies);
    }

    @Override
    public int hashCode() {
        return copies.hashCode();
    }
}
