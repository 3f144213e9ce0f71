package dev.faultline.runtime;

import dev.faultline.core.Content;
import dev.faultline.core.ControllerCore;
import dev.faultline.core.Cut;
import dev.faultline.core.Effect;
import dev.faultline.core.Entry;
import dev.faultline.core.IllegalStepException;
import dev.faultline.core.Job;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.ToAgent;
import dev.faultline.core.Recovery;
import dev.faultline.core.Space;
import dev.faultline.core.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The controller at work: the thread that alone touches its core and the table store. It waits for the table store, and for
 * storage to flush, and for nothing else.
 */
final class ControllerLoop implements Loop.Handler<ControllerLoop.Input> {
    private final ControllerCore core;
    private final Place place;
    private final Place operator;
    private final Surroundings surroundings;
    private final TableStore tables;
    private final Consumer<ToAgent> agents;
    private final Loop<Input> loop;

    private final Map<String, CompletableFuture<Void>> creations = new HashMap<>();
    private final Map<Cut, CompletableFuture<Void>> snapshots = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> deletions = new HashMap<>();
    private final Map<Command, Inspect> inspections = new HashMap<>();
    private final List<CompletableFuture<Void>> idleWaiters = new ArrayList<>();

    /** Those who want a disk before the controller has come back. */
    private final List<Create> early = new ArrayList<>();

    /** The segments that are being looked at, of the jobs that may. */
    private final Set<Integer> looking = new HashSet<>();

    /** Changes by steps that were taken which are not durable yet. */
    private final List<Effect.TableChange> changes = new ArrayList<>();

    /** Effects that have to wait until they are. */
    private final List<Effect> held = new ArrayList<>();

    /** What the controller is told. */
    sealed interface Input {}

    /** The threads run: the controller may take turns that it finds. */
    record Started() implements Input {}

    /** An agent sent a message. */
    record Arrived(Message message) implements Input {}

    /** Storage has copied a block of a segment. */
    record Copied(int segment, int block, Content value) implements Input {}

    /** Somebody asks for something, and is told when it is done. */
    sealed interface Ask extends Input {
        CompletableFuture<Void> answer();
    }

    /** The controller has looked at a block of a segment. */
    record Looked(int segment, int block, Content value) implements Input {}

    /** Somebody asks for a new disk. */
    record Create(String disk, CompletableFuture<Void> answer) implements Ask {}

    /** Somebody asks for snapshots. */
    record AskSnapshot(Cut cut, CompletableFuture<Void> answer) implements Ask {}

    /** Somebody asks for a disk to be deleted. */
    record AskDeletion(String disk, CompletableFuture<Void> answer) implements Ask {}

    /** Somebody asks what entries an agent has of a disk; they are added to the list before the answer is complete. */
    record Inspect(String agent, String disk, List<Entry> found, CompletableFuture<Void> answer) implements Ask {}

    /** Somebody wants to know when nothing is under way any more. */
    record WhenIdle(CompletableFuture<Void> answer) implements Input {}

    /** Somebody wants to know how much of the container is in use. */
    record Measure(CompletableFuture<Space> answer) implements Input {}

    /** Somebody wants to see the core as it is. */
    record Look(CompletableFuture<ControllerCore> answer) implements Input {}

    /** Makes a controller that does nothing before its loop is started. */
    ControllerLoop(
            ControllerCore core,
            Place place,
            Place operator,
            Surroundings surroundings,
            TableStore tables,
            Consumer<ToAgent> agents) {
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
        } else if (input instanceof Looked looked) {
            follow(place, core.checkBlock(looked.segment(), looked.block(), looked.value()));
        } else if (input instanceof Ask ask) {
            ask(ask);
        } else if (input instanceof WhenIdle idle) {
            idleWaiters.add(idle.answer());
        } else if (input instanceof Measure measure) {
            measure.answer().complete(core.space());
        } else if (input instanceof Look look) {
            look.answer().complete(core.copy());
        } else if (input instanceof Started) {
            // At once, not after the batch: a controller that has not come back yet can receive nothing.
            takeTurns();
        }
    }

    private Step receive(Message message) {
        if (message instanceof MappingFault fault) {
            return core.receiveFault(fault);
        } else if (message instanceof Answer answer) {
            return core.receiveAnswer(answer);
        } else if (message instanceof OpenDisk opening) {
            return core.receiveOpen(opening);
        } else if (message instanceof CloseDisk closing) {
            return core.receiveClose(closing);
        }
        throw new IllegalStateException("the controller cannot receive " + message);
    }

    private void ask(Ask ask) {
        if (ask instanceof Create create && core.recovery().step() != Recovery.Step.SERVING) {
            early.add(create);
            return;
        }
        Step step;
        try {
            step = begin(ask);
        } catch (IllegalStepException e) {
            surroundings.pending().refuse(ask.answer(), e);
            return;
        }
        follow(operator, step);
    }

    private Step begin(Ask ask) {
        if (ask instanceof Create create) {
            Step step = core.create(create.disk());
            creations.put(create.disk(), ask.answer());
            return step;
        } else if (ask instanceof AskSnapshot snapshot) {
            Step step = core.askSnapshot(snapshot.cut());
            snapshots.put(snapshot.cut(), ask.answer());
            return step;
        } else if (ask instanceof AskDeletion deletion) {
            Step step = core.askDeletion(deletion.disk());
            deletions.put(deletion.disk(), ask.answer());
            surroundings.disks().delete(deletion.disk());
            return step;
        }
        Inspect inspect = (Inspect) ask;
        Step step = core.inspect(inspect.agent(), inspect.disk());
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Send send && send.message() instanceof Command question) {
                inspections.put(question, inspect);
            }
        }
        return step;
    }

    /**
     * Takes turns until the core has none. The changes of all of them become durable in one transaction, before any
     * effect that follows one of them: a transaction costs far more than a step.
     */
    @Override
    public void afterBatch() {
        takeTurns();
        if (core.recovery().step() == Recovery.Step.SERVING) {
            early.forEach(this::ask);
            early.clear();
        }
        if (!changes.isEmpty()) {
            tables.persist(changes);
            changes.clear();
            held.forEach(this::perform);
            held.clear();
        }
        look();
        if (core.isIdle()) {
            idleWaiters.forEach(answer -> surroundings.pending().complete(answer));
            idleWaiters.clear();
        }
    }

    /** Begins to look at the segments that may be looked at, each once. */
    private void look() {
        Map<Integer, Job> now = core.looking();
        looking.retainAll(now.keySet());
        now.forEach((segment, job) -> {
            if (looking.add(segment)) {
                surroundings.ioPool().submit(job.from(), () -> lookAt(segment, job.from()));
            }
        });
    }

    /** Looks at one block after the other, until one is not zeros. */
    private void lookAt(int segment, long location) throws IOException {
        byte[] bytes = new byte[surroundings.geometry().blockBytes()];
        Content zeros = BlockHash.of(bytes);
        Content found = zeros;
        for (int block = 0; block < surroundings.geometry().blocksPerSegment() && found.equals(zeros); block++) {
            surroundings.storage().read(location, block, bytes);
            found = BlockHash.of(bytes);
            loop.put(new Looked(segment, block, found));
        }
    }

    private void takeTurns() {
        do {
            for (List<ControllerCore.Turn> turns = core.turns(); !turns.isEmpty(); turns = core.turns()) {
                follow(place, core.take(turns.get(0)));
            }
        } while (flush());
    }

    /**
     * Has storage flush all that it has to, together, and waits for it: a flush that was begun before what it is about was
     * written would be none. Returns whether there was something to flush.
     */
    private boolean flush() {
        List<ControllerCore.Flush> due = core.flushes();
        if (due.isEmpty()) {
            return false;
        }
        try {
            surroundings.storage().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        due.forEach(flush -> follow(place, core.flushed(flush)));
        return true;
    }

    /** Dates the step before anybody else can know of it, and then does what it asks for. */
    private void follow(Place where, Step step) {
        where.emit(step.event());
        surroundings.counters().note(step.event());
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.TableChange change) {
                changes.add(change);
            } else if (changes.isEmpty()) {
                perform(effect);
            } else {
                held.add(effect);
            }
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Send send && send.message() instanceof ToAgent message) {
            agents.accept(message);
        } else if (effect instanceof Effect.CopySegment copy) {
            surroundings.ioPool().submit(copy.to(), () -> copySegment(copy));
        } else if (effect instanceof Effect.DiskCreated created) {
            surroundings.disks().add(Set.of(created.disk()));
            answer(creations.remove(created.disk()));
        } else if (effect instanceof Effect.SnapshotReady ready) {
            surroundings.disks().add(ready.cut().snapshots());
            answer(snapshots.remove(ready.cut()));
        } else if (effect instanceof Effect.DiskGone gone) {
            answer(deletions.remove(gone.disk()));
        } else if (effect instanceof Effect.Inspected inspected) {
            Inspect inspect = inspections.remove(inspected.answer().command());
            if (inspect != null) {
                inspect.found().addAll(inspected.answer().entries());
                answer(inspect.answer());
            }
        } else if (effect instanceof Effect.Free || effect instanceof Effect.Retain) {
            // The container has nothing to give up: what is taken into use again is filled first, and its file keeps
            // its
            // length.
        } else {
            throw new IllegalStateException("a controller cannot do " + effect);
        }
    }

    private void answer(@Nullable CompletableFuture<Void> asker) {
        if (asker != null) {
            surroundings.pending().complete(asker);
        }
    }

    private void copySegment(Effect.CopySegment copy) throws IOException {
        for (int block = 0; block < surroundings.geometry().blocksPerSegment(); block++) {
            byte[] bytes = new byte[surroundings.geometry().blockBytes()];
            if (copy.from() != Entry.NO_LOCATION) {
                surroundings.storage().read(copy.from(), block, bytes);
            }
            surroundings.storage().write(copy.to(), block, bytes);
            loop.put(new Copied(copy.segment(), block, BlockHash.of(bytes)));
        }
    }
}
