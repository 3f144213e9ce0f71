package dev.faultline.runtime;

import dev.faultline.core.Content;
import dev.faultline.core.ControllerCore;
import dev.faultline.core.Effect;
import dev.faultline.core.IllegalStepException;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The controller at work: the thread that alone touches its core and the table store. It waits for the table store, and
 * for nothing else.
 */
final class ControllerLoop implements Loop.Handler<ControllerLoop.Input> {
    private final ControllerCore core;
    private final Place place;
    private final Place operator;
    private final Surroundings surroundings;
    private final TableStore tables;
    private final Consumer<Command> agents;
    private final Loop<Input> loop;

    private final Map<String, CompletableFuture<Void>> snapshots = new HashMap<>();
    private final List<CompletableFuture<Void>> idleWaiters = new ArrayList<>();

    /** Changes by steps that were taken which are not durable yet. */
    private final List<Effect.Persist> changes = new ArrayList<>();

    /** Effects that have to wait until they are. */
    private final List<Effect> held = new ArrayList<>();

    /** What the controller is told. */
    sealed interface Input {}

    /** An agent sent a message. */
    record Arrived(Message message) implements Input {}

    /** Storage has copied a block of a segment. */
    record Copied(int segment, int block, Content value) implements Input {}

    /** Somebody asks for a snapshot. */
    record Ask(String disk, String snapshot, CompletableFuture<Void> answer) implements Input {}

    /** Somebody wants to know when nothing is under way any more. */
    record WhenIdle(CompletableFuture<Void> answer) implements Input {}

    /** Makes a controller that does nothing before its loop is started. */
    ControllerLoop(
            ControllerCore core,
            Place place,
            Place operator,
            Surroundings surroundings,
            TableStore tables,
            Consumer<Command> agents) {
        this.core = core;
        this.place = place;
        this.operator = operator;
        this.surroundings = surroundings;
        this.tables = tables;
        this.agents = agents;
        loop = new Loop<>("faultline-controller", this, surroundings.pending()::fail);
    }

    Loop<Input> loop() {
        return loop;
    }

    @Override
    public void handle(Input input) {
        if (input instanceof Arrived arrived) {
            follow(place, receive(arrived.message()));
        } else if (input instanceof Copied copied) {
            follow(place, core.copyBlock(copied.segment(), copied.block(), copied.value()));
        } else if (input instanceof Ask ask) {
            ask(ask);
        } else if (input instanceof WhenIdle idle) {
            idleWaiters.add(idle.answer());
        }
    }

    private Step receive(Message message) {
        if (message instanceof MappingFault fault) {
            return core.receiveFault(fault);
        } else if (message instanceof Answer answer) {
            return core.receiveAnswer(answer);
        }
        throw new IllegalStateException("the controller cannot receive " + message);
    }

    private void ask(Ask ask) {
        Step step;
        try {
            step = core.askSnapshot(ask.disk(), ask.snapshot());
        } catch (IllegalStepException e) {
            surroundings.pending().refuse(ask.answer(), e);
            return;
        }
        snapshots.put(ask.snapshot(), ask.answer());
        follow(operator, step);
    }

    /**
     * Takes turns until the core has none. The changes of all of them become durable in one transaction, before any
     * effect that follows one of them: a transaction costs far more than a step.
     */
    @Override
    public void afterBatch() {
        for (List<ControllerCore.Turn> turns = core.turns(); !turns.isEmpty(); turns = core.turns()) {
            follow(place, core.take(turns.get(0)));
        }
        if (!changes.isEmpty()) {
            tables.persist(changes);
            changes.clear();
            held.forEach(this::perform);
            held.clear();
        }
        if (core.isIdle()) {
            idleWaiters.forEach(answer -> surroundings.pending().complete(answer));
            idleWaiters.clear();
        }
    }

    /** Dates the step before anybody else can know of it, and then does what it asks for. */
    private void follow(Place where, Step step) {
        where.emit(step.event());
        surroundings.counters().note(step.event());
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Persist change) {
                changes.add(change);
            } else if (changes.isEmpty()) {
                perform(effect);
            } else {
                held.add(effect);
            }
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Send send && send.message() instanceof Command command) {
            agents.accept(command);
        } else if (effect instanceof Effect.CopySegment copy) {
            surroundings.ioPool().submit(copy.to(), () -> copySegment(copy));
        } else if (effect instanceof Effect.SnapshotReady ready) {
            CompletableFuture<Void> asker = snapshots.remove(ready.snapshot());
            if (asker != null) {
                surroundings.pending().complete(asker);
            }
        } else {
            throw new IllegalStateException("a controller cannot do " + effect);
        }
    }

    private void copySegment(Effect.CopySegment copy) throws IOException {
        for (int block = 0; block < surroundings.geometry().blocksPerSegment(); block++) {
            byte[] bytes = new byte[surroundings.geometry().blockBytes()];
            surroundings.storage().read(copy.from(), block, bytes);
            surroundings.storage().write(copy.to(), block, bytes);
            loop.put(new Copied(copy.segment(), block, BlockHash.of(bytes)));
        }
    }
}
