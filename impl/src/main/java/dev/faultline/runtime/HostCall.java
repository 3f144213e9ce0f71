package dev.faultline.runtime;

import dev.faultline.core.Content;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An I/O on its way from a host through an agent and storage, and back. */
final class HostCall implements AgentLoop.Input {
    /** What a flush has instead of a segment and a block. */
    static final int NOWHERE = -1;

    final Place host;
    final String agent;
    final String disk;
    final int segment;
    final int block;

    /** What is written, or where what is read goes. The host's again when the answer is complete. */
    final byte[] bytes;

    /** The content that is written, or null for a read. */
    final @Nullable Content written;

    final CompletableFuture<Void> answer;

    HostCall(
            Place host,
            String agent,
            String disk,
            int segment,
            int block,
            byte[] bytes,
            @Nullable Content written,
            CompletableFuture<Void> answer) {
        this.host = host;
        this.agent = agent;
        this.disk = disk;
        this.segment = segment;
        this.block = block;
        this.bytes = bytes;
        this.written = written;
        this.answer = answer;
    }

    /** Returns a flush of a disk. */
    static HostCall flush(Place host, String agent, String disk, CompletableFuture<Void> answer) {
        return new HostCall(host, agent, disk, NOWHERE, NOWHERE, new byte[0], null, answer);
    }

    boolean isFlush() {
        return block == NOWHERE;
    }

    /** Says which call it is, for messages. */
    @Override
    public String toString() {
        String kind = isFlush() ? "flush" : written == null ? "read" : "write";
        String where = isFlush() ? "" : ", segment " + segment + ", block " + block;
        return kind + " by host " + host.name() + " through agent " + agent + " of disk " + disk + where;
    }
}
