package dev.faultline.runtime;

import dev.faultline.core.AgentCore;
import dev.faultline.core.Content;
import dev.faultline.core.Effect;
import dev.faultline.core.Entry;
import dev.faultline.core.Io;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Closed;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.Message.ToAgent;
import dev.faultline.core.Step;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An agent at work: the thread that alone touches its core. It never waits for storage. */
final class AgentLoop implements Loop.Handler<AgentLoop.Input> {
    private final AgentCore core;
    private final Place place;
    private final Surroundings surroundings;
    private final Consumer<Message> controller;
    private final Loop<Input> loop;
    private final Content zero;

    /** The I/Os under way, by host. */
    private final Map<String, HostCall> calls = new HashMap<>();

    private final DiskUses uses = new DiskUses();

    /** What an agent is told: a {@link HostCall}, a message of the controller's, or that storage has performed an I/O. */
    sealed interface Input permits HostCall, Arrived, Performed, Close, Offer, Look {}

    /** The controller sent a message. */
    record Arrived(ToAgent message) implements Input {}

    /** Somebody wants a disk to be closed. */
    record Close(String disk, CompletableFuture<Void> answer) implements Input {}

    /** Somebody has filled a segment with zeros, and its storage may not be needed any more. */
    record Offer(String disk, int segment) implements Input {}

    /** Storage has performed the I/O of a host. */
    record Performed(String host, Content value) implements Input {}

    /** Somebody wants to see the core as it is. */
    record Look(CompletableFuture<AgentCore> answer) implements Input {}

    /** Makes an agent that does nothing before its loop is started. */
    AgentLoop(AgentCore core, Place place, Surroundings surroundings, Consumer<Message> controller) {
        this.core = core;
        this.place = place;
        this.surroundings = surroundings;
        this.controller = controller;
        zero = BlockHash.ofZeros(surroundings.geometry().blockBytes());
        loop = new Loop<>("faultline-agent-" + core.name(), this, surroundings.pending()::fail);
    }

    Loop<Input> loop() {
        return loop;
    }

    @Override
    public void handle(Input input) {
        if (input instanceof HostCall call) {
            begin(call);
        } else if (input instanceof Arrived arrived) {
            follow(place, receive(arrived.message()));
            if (arrived.message() instanceof Opened opened && core.maps(opened.disk())) {
                // Also if it is to be closed again: who closes does not keep hosts waiting for ever, nor they who
                // closes.
                uses.opened(opened.disk()).forEach(this::admit);
            }
        } else if (input instanceof Performed performed) {
            follow(place, core.complete(performed.host(), performed.value()));
        } else if (input instanceof Close close) {
            uses.wantsClosed(close);
        } else if (input instanceof Offer offer) {
            if (core.canOffer(offer.disk(), offer.segment())) {
                follow(place, core.offer(offer.disk(), offer.segment()));
            }
        } else if (input instanceof Look look) {
            look.answer().complete(core.copy());
        }
    }

    private Step receive(ToAgent message) {
        if (message instanceof Command command) {
            return core.applyCommand(command);
        } else if (message instanceof Opened opened) {
            return core.receiveOpened(opened);
        } else if (message instanceof Closed closed) {
            return core.receiveClosed(closed);
        } else if (message instanceof Full full) {
            return core.receiveFull(full);
        }
        throw new IllegalStateException("an agent cannot receive " + message);
    }

    private void begin(HostCall call) {
        if (core.maps(call.disk) && !uses.isWantedClosed(call.disk)) {
            admit(call);
        } else {
            uses.waits(call);
        }
    }

    private void admit(HostCall call) {
        // A disk is marked before the agents are told, and is not removed before they answer: a call that is begun here
        // is on a disk that exists.
        if (surroundings.disks().isDeleted(call.disk)) {
            surroundings.pending().refuse(call.answer, DiskDeletedException.of(call.disk));
            return;
        }
        String host = call.host.name();
        Step step = stepOf(call, host);
        calls.put(host, call);
        follow(call.host, step);
    }

    private Step stepOf(HostCall call, String host) {
        if (call.isFlush()) {
            return core.flush(host, call.disk);
        }
        return call.written == null
                ? core.read(host, call.disk, call.segment, call.block)
                : core.write(host, call.disk, call.segment, call.block, call.written);
    }

    /** Takes all turns of the core, and opens and closes disks, until nothing of that is left to be done. */
    @Override
    public void afterBatch() {
        do {
            takeTurns();
        } while (openAndClose());
    }

    /** Returns whether there was something to be done. */
    private boolean openAndClose() {
        boolean done = false;
        for (String disk : uses.disks()) {
            done |= uses.isWantedClosed(disk) ? close(disk) : open(disk);
        }
        return done;
    }

    private boolean close(String disk) {
        if (core.canClose(disk)) {
            follow(place, core.close(disk));
        } else if (core.isClosed(disk)) {
            uses.closed(disk).forEach(answer -> surroundings.pending().complete(answer));
        } else {
            return false;
        }
        return true;
    }

    private boolean open(String disk) {
        if (surroundings.disks().isDeleted(disk)) {
            uses.opened(disk).forEach(this::admit);
        } else if (core.isClosed(disk)) {
            follow(place, core.open(disk));
        } else {
            return false;
        }
        return true;
    }

    /** Those turns that the core offers at once do not get in each other's way. */
    private void takeTurns() {
        for (List<AgentCore.Turn> turns = core.turns(); !turns.isEmpty(); turns = core.turns()) {
            for (AgentCore.Turn turn : turns) {
                follow(place, core.take(turn));
            }
        }
    }

    /** Dates the step before anybody else can know of it, and then does what it asks for. */
    private void follow(Place where, Step step) {
        where.emit(step.event());
        surroundings.counters().note(step.event());
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Send send) {
                controller.accept(send.message());
            } else if (effect instanceof Effect.Dispatch dispatch) {
                dispatch(dispatch.host(), dispatch.io());
            } else if (effect instanceof Effect.Return back) {
                surroundings.pending().complete(end(back.host()).answer);
            } else if (effect instanceof Effect.Reject reject) {
                HostCall call = end(reject.host());
                surroundings.pending().refuse(call.answer, DiskDeletedException.of(call.disk));
            } else if (effect instanceof Effect.Fail fail) {
                HostCall call = end(fail.host());
                surroundings.pending().refuse(call.answer, OutOfSpaceException.of(call.disk));
            } else {
                throw new IllegalStateException("an agent cannot do " + effect);
            }
        }
    }

    private void dispatch(String host, Io io) {
        HostCall call = callOf(host);
        if (call.isFlush()) {
            surroundings.ioPool().submit(0, () -> {
                surroundings.storage().flush();
                loop.put(new Performed(host, zero));
            });
            return;
        }
        if (io.location() == Entry.NO_LOCATION && (call.written == null || io.ofZeros())) {
            // All agents are members here; where some are not, storage would be asked.
            if (call.written == null) {
                Arrays.fill(call.bytes, (byte) 0);
            }
            loop.put(new Performed(host, zero));
            return;
        }
        long number = io.location() * surroundings.geometry().blocksPerSegment() + io.block();
        surroundings.ioPool().submit(number, () -> loop.put(new Performed(host, perform(call, io))));
    }

    private Content perform(HostCall call, Io io) throws IOException {
        if (call.written != null) {
            surroundings.storage().write(io.location(), io.block(), call.bytes);
            return call.written;
        }
        surroundings.storage().read(io.location(), io.block(), call.bytes);
        return BlockHash.of(call.bytes);
    }

    private HostCall end(String host) {
        HostCall call = callOf(host);
        calls.remove(host);
        return call;
    }

    private HostCall callOf(String host) {
        HostCall call = calls.get(host);
        if (call == null) {
            throw new IllegalStateException("no I/O of " + host + " under way");
        }
        return call;
    }
}
