package dev.faultline.sim;

import dev.faultline.core.Content;
import dev.faultline.core.Durability;
import dev.faultline.core.Entry;
import dev.faultline.core.Io;
import dev.faultline.core.OldBlock;
import dev.faultline.core.StorageRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A storage container: what lies where, whose I/O it performs, the I/Os that have been sent to it, and the segments that it
 * copies for the controller. For one thread at a time.
 */
final class Container {
    private final StorageRules rules;
    private final List<Content> zeros;
    private final Durability durability;

    /** Spec: {@code storage}. */
    private final Map<Long, List<Content>> contents = new TreeMap<>();

    /** What is left of old contents that the new ones are not durable instead of. Spec: {@code older}. */
    private final Set<OldBlock> older = new LinkedHashSet<>();

    /** Spec: {@code members}. */
    private final Set<String> members = new TreeSet<>();

    /** Spec: {@code cut}. */
    private final Set<String> cut = new TreeSet<>();

    /** The I/Os that are not performed yet, by host. */
    private final Map<String, Sent> sent = new LinkedHashMap<>();

    /** What the I/Os that are performed have read or written, by host; their agents have not yet heard. */
    private final Map<String, Content> performed = new LinkedHashMap<>();

    /** The blocks still to be copied. */
    private final Set<Copy> copies = new TreeSet<>();

    /** An I/O on its way, of an agent; written is null for a read. */
    record Sent(String agent, Io io, @Nullable Content written) {}

    /** A block to be copied for the job on a segment. */
    record Copy(int segment, long from, long to, int block) implements Comparable<Copy> {
        @Override
        public int compareTo(Copy other) {
            return segment != other.segment
                    ? Integer.compare(segment, other.segment)
                    : Integer.compare(block, other.block);
        }
    }

    Container(int blocks, Content zero, StorageRules rules, Durability durability) {
        this(Collections.nCopies(blocks, zero), rules, durability);
    }

    private Container(List<Content> zeros, StorageRules rules, Durability durability) {
        this.zeros = zeros;
        this.rules = rules;
        this.durability = durability;
    }

    Container copy() {
        Container copy = new Container(zeros, rules, durability);
        copy.contents.putAll(contents);
        copy.older.addAll(older);
        copy.members.addAll(members);
        copy.cut.addAll(cut);
        copy.sent.putAll(sent);
        copy.performed.putAll(performed);
        copy.copies.addAll(copies);
        return copy;
    }

    /** Returns how many blocks a segment has. */
    int blocks() {
        return zeros.size();
    }

    // ---- Locations

    Map<Long, List<Content>> contents() {
        return Collections.unmodifiableMap(contents);
    }

    /** Takes a location into use: its blocks are zero. */
    void use(long location) {
        contents.put(location, zeros);
    }

    void free(Set<Long> locations) {
        contents.keySet().removeAll(locations);
        older.removeIf(old -> locations.contains(old.location()));
    }

    void retain(Set<Long> locations) {
        contents.keySet().retainAll(locations);
        older.removeIf(old -> !locations.contains(old.location()));
    }

    // ---- Power

    Set<OldBlock> older() {
        return Collections.unmodifiableSet(older);
    }

    Set<String> cut() {
        return Collections.unmodifiableSet(cut);
    }

    boolean servesController() {
        return rules.hasHeardOfLoss(cut);
    }

    void flush(Set<Long> locations) {
        older.removeIf(old -> locations.contains(old.location()));
    }

    /**
     * Loses power: these blocks hold old contents again.
     *
     * @param agents the agents that there ever were
     */
    void losePower(List<OldBlock> fallen, Set<String> agents) {
        for (OldBlock old : fallen) {
            if (!older.contains(old)) {
                throw new IllegalRequestException("no such old content is left: " + old);
            }
            set(old.location(), old.block(), old.content());
        }
        older.clear();
        cut.clear();
        cut.addAll(rules.cutByLoss(agents));
    }

    /** The controller, which is new or has heard that power was lost, is served again. */
    void reconnect() {
        cut.remove(StorageRules.CONTROLLER);
    }

    // ---- Members

    Set<String> members() {
        return Collections.unmodifiableSet(members);
    }

    void admit(String agent) {
        members.add(agent);
    }

    void fence(String agent) {
        members.remove(agent);
    }

    // ---- I/Os

    void send(String host, Sent io) {
        sent.put(host, io);
    }

    Set<String> waiting() {
        return Collections.unmodifiableSet(sent.keySet());
    }

    Map<String, Content> performed() {
        return Collections.unmodifiableMap(performed);
    }

    boolean performs(String host) {
        String agent = io(host).agent();
        return rules.performsOnlyForMembers(agent, members) && rules.performsOnlyAfterLoss(agent, cut);
    }

    void perform(String host) {
        Sent io = io(host);
        sent.remove(host);
        performed.put(
                host,
                switch (io.io().kind()) {
                    case READ -> read(io.io().location(), io.io().block());
                    case WRITE -> write(io);
                    case FLUSH -> flush();
                    case TRIM -> throw new IllegalStateException("an offer does not go to storage");
                });
    }

    /** Gives up the I/O of a host, wherever it is. */
    void forget(String host) {
        sent.remove(host);
        performed.remove(host);
    }

    private Sent io(String host) {
        return Objects.requireNonNull(sent.get(host), () -> "no I/O of " + host + " at storage");
    }

    private Content flush() {
        older.clear();
        return zeros.get(0);
    }

    private Content write(Sent io) {
        Content written = Objects.requireNonNull(io.written());
        if (io.io().location() != Entry.NO_LOCATION || !io.io().ofZeros()) {
            put(io.io().location(), io.io().block(), written);
        }
        return written;
    }

    Content read(long location, int block) {
        return contents.getOrDefault(location, zeros).get(block);
    }

    private void put(long location, int block, Content content) {
        if (durability == Durability.WHEN_FLUSHED) {
            older.add(new OldBlock(location, block, read(location, block)));
            older.remove(new OldBlock(location, block, content));
        }
        set(location, block, content);
    }

    private void set(long location, int block, Content content) {
        List<Content> blocks = new ArrayList<>(contents.getOrDefault(location, zeros));
        blocks.set(block, content);
        contents.put(location, List.copyOf(blocks));
    }

    // ---- Copying

    void beginCopy(int segment, long from, long to) {
        use(to);
        copyAnew(segment, from, to);
    }

    void copyAnew(int segment, long from, long to) {
        for (int block = 0; block < zeros.size(); block++) {
            copies.add(new Copy(segment, from, to, block));
        }
    }

    Set<Copy> copies() {
        return Collections.unmodifiableSet(copies);
    }

    /** Copies one block; returns what was there. */
    Content copyBlock(Copy copy) {
        copies.remove(copy);
        Content value = read(copy.from(), copy.block());
        put(copy.to(), copy.block(), value);
        return value;
    }

    /** Ends all copying: it was done for a controller that is gone. */
    void stopCopying() {
        copies.clear();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Container that
                && contents.equals(that.contents)
                && older.equals(that.older)
                && members.equals(that.members)
                && cut.equals(that.cut)
                && sent.equals(that.sent)
                && performed.equals(that.performed)
                && copies.equals(that.copies);
    }

    @Override
    public int hashCode() {
        return Objects.hash(contents, older, members, cut, sent, performed, copies);
    }
}
