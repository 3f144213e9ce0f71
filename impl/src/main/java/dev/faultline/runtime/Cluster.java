package dev.faultline.runtime;

import dev.faultline.core.AgentCore;
import dev.faultline.core.ControllerCore;
import dev.faultline.core.Cut;
import dev.faultline.core.Effect.EraseOpening;
import dev.faultline.core.Effect.Persist;
import dev.faultline.core.Effect.TableChange;
import dev.faultline.core.Entry;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Message.ToAgent;
import dev.faultline.core.Space;
import dev.faultline.trace.Emitter;
import dev.faultline.trace.TraceName;
import dev.faultline.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The whole system in one process: a controller, its agents, and the threads that wait for storage. Any thread may use
 * it. If any part of it throws, the whole of it has failed: all calls that are under way and all later ones throw
 * {@link ClusterException} with the cause, and so does {@link #close}.
 */
public final class Cluster implements AutoCloseable {
    private static final int LOOK_MILLIS = 1_000;
    private static final int BEAT_MILLIS = 500;

    private final ClusterConfig config;
    private final AtomicLong clock = new AtomicLong();
    private final PendingCalls pending;
    private final Counters counters = new Counters();
    private final IoPool ioPool;
    private final ControllerLoop controller;
    private final Map<String, AgentLoop> agents = new TreeMap<>();
    private final Map<String, Host> hosts = new ConcurrentHashMap<>();
    private final DiskNames disks = new DiskNames();
    private final Object inspecting = new Object();
    private final Queue<Place> places = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "faultline-beat");
        thread.setDaemon(true);
        return thread;
    });

    private Cluster(ClusterConfig config, MappingTables tables, ControllerCore controllerCore) {
        this.config = config;
        disks.add(tables);
        pending = new PendingCalls(config.timeout(), this::cores);
        ioPool = new IoPool(config.ioThreads(), pending::fail);
        Surroundings surroundings =
                new Surroundings(config.geometry(), config.storage(), ioPool, pending, counters, disks);
        controller = new ControllerLoop(
                controllerCore,
                place(Emitter.CONTROLLER_PLACE),
                place(Emitter.OPERATOR_PLACE),
                surroundings,
                config.tables(),
                this::deliver);
        for (String agent : config.agents()) {
            AgentCore core = new AgentCore(
                    agent, config.geometry().segmentsPerDisk(), config.agentRules(), config.mapping(), config.zero());
            agents.put(
                    agent,
                    new AgentLoop(
                            core,
                            place(agent),
                            surroundings,
                            message -> controller.loop().put(new ControllerLoop.Arrived(message))));
        }
    }

    /**
     * Starts a cluster. If the table store knows no disk, the cluster is new: its disks read as zeros. If it knows some,
     * the controller comes back as after a crash: barriers are taken down, and deletions that had begun go on.
     *
     * @throws ClusterException if the tables cannot be loaded, or are not those of such a cluster
     */
    public static Cluster start(ClusterConfig config) {
        MappingTables tables = config.tables().load(config.geometry().segmentsPerDisk(), config.capacity());
        boolean isNew = tables.disks().isEmpty();
        if (isNew) {
            tables = MappingTables.ofNewDisks(config.disks(), config.geometry().segmentsPerDisk(), config.capacity());
            List<TableChange> changes = new ArrayList<>();
            for (String disk : config.disks()) {
                changes.add(new Persist(disk, 0, tables.entries(disk)));
            }
            config.tables().persist(changes);
        } else if (!tables.disks().containsAll(config.disks())) {
            throw new ClusterException(
                    "the cluster has the disks " + tables.disks() + ", not all of " + config.disks());
        } else if (config.trace() != TraceSink.NONE) {
            throw new ClusterException("a trace begins with a new cluster, but this one has disks already");
        } else {
            forgetOpenings(config.tables(), tables);
        }
        Set<String> agents = Set.copyOf(config.agents());
        int blocks = config.geometry().blocksPerSegment();
        Cluster cluster = new Cluster(
                config,
                tables,
                isNew
                        ? new ControllerCore(
                                agents,
                                blocks,
                                tables,
                                config.controllerRules(),
                                config.mapping(),
                                config.durability(),
                                config.zero())
                        : ControllerCore.afterCrash(
                                agents,
                                blocks,
                                tables,
                                config.controllerRules(),
                                config.mapping(),
                                config.durability(),
                                config.zero()));
        cluster.loops().forEach(Loop::start);
        if (config.trace() != TraceSink.NONE) {
            cluster.startBeats();
        }
        cluster.controller.loop().put(new ControllerLoop.Started());
        return cluster;
    }

    /** The agents that had disks open have ended with the process that they were in, and count their openings anew. */
    private static void forgetOpenings(TableStore store, MappingTables tables) {
        List<TableChange> changes = new ArrayList<>();
        tables.openings().keySet().forEach(opener -> changes.add(new EraseOpening(opener)));
        if (!changes.isEmpty()) {
            store.persist(changes);
            changes.forEach(tables::apply);
        }
    }

    /** Returns the measures of the disks. */
    public Geometry geometry() {
        return config.geometry();
    }

    /** Returns the names of the disks that can be used, snapshots included. */
    public Set<String> disks() {
        return disks.usable();
    }

    /** Returns how much was done so far. */
    public ClusterCounts counts() {
        return counters.counts();
    }

    /**
     * Returns the host of a name, the same one each time.
     *
     * @throws IllegalArgumentException if the name is an agent's or another place's, or cannot be in a trace
     */
    public Host host(String name) {
        if (agents.containsKey(name) || name.equals(Emitter.CONTROLLER_PLACE) || name.equals(Emitter.OPERATOR_PLACE)) {
            throw new IllegalArgumentException("the name " + name + " is not for hosts");
        }
        return hosts.computeIfAbsent(TraceName.expect(name), n -> new Host(place(n), this));
    }

    /** Returns a mover of many blocks, by so many hosts of its own, whose names begin with its name. */
    public BulkIo bulk(String name, int hostCount) {
        return new BulkIo(
                config.geometry(),
                config.agents(),
                IntStream.rangeClosed(1, hostCount)
                        .mapToObj(i -> host(name + "." + i))
                        .toList());
    }

    /**
     * Takes a snapshot of a disk, and blocks until it is ready: from then on, it is a disk like any other.
     *
     * @throws IllegalArgumentException if there is no such disk, or the name is taken
     * @throws ClusterException if the cluster fails, or does not answer in time
     */
    public void snapshot(String disk, String newName) {
        snapshot(Cut.of(disk, newName), "snapshot " + newName + " of disk " + disk);
    }

    /**
     * Takes snapshots of one or more disks, all of them at one instant, and blocks until they are ready. While those of
     * several disks are made, I/O on these disks waits.
     *
     * @param disksByNewName the disk that is cloned, for the name of each snapshot
     * @throws IllegalArgumentException if there is no snapshot or no such disk, or a name is taken
     * @throws ClusterException if the cluster fails, or does not answer in time, or a disk is deleted
     */
    public void snapshot(Map<String, String> disksByNewName) {
        if (disksByNewName.isEmpty()) {
            throw new IllegalArgumentException("no snapshot is asked for");
        }
        snapshot(new Cut(disksByNewName), "snapshots " + disksByNewName);
    }

    private void snapshot(Cut cut, String what) {
        cut.disks().forEach(this::expectDisk);
        cut.snapshots().forEach(disks::expectFree);
        ask(answer -> new ControllerLoop.AskSnapshot(cut, answer), what);
    }

    /**
     * Creates a disk, and blocks until it is there. It reads as zeros and has no storage; a segment gets some when something
     * else than zeros is written to it.
     *
     * @throws IllegalArgumentException if the name is taken, or was
     * @throws ClusterException if the cluster fails, or does not answer in time
     */
    public void create(String disk) {
        disks.expectFree(disk);
        ask(answer -> new ControllerLoop.Create(disk, answer), "creation of disk " + disk);
    }

    /**
     * Has an agent offer a segment's storage, as {@link Host#trim} does: some time later it is given back, if all of it is
     * zeros and no other disk has it. If not, nothing has happened. Does not wait.
     *
     * @param segment the number of the segment on the disk, from 0
     * @throws IllegalArgumentException if there is no such agent or disk
     * @throws IndexOutOfBoundsException if the disk has no such segment
     */
    public void offer(String agent, String disk, int segment) {
        expectDisk(disk);
        Objects.checkIndex(segment, geometry().segmentsPerDisk());
        agent(agent).loop().put(new AgentLoop.Offer(disk, segment));
    }

    /**
     * Returns how much of the container is in use at the moment.
     *
     * @throws ClusterException if the cluster fails, or does not answer in time
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it only passes the answer on
    public Space space() {
        CompletableFuture<Space> measured = new CompletableFuture<>();
        CompletableFuture<Void> answer = pending.begin();
        measured.thenRun(() -> pending.complete(answer));
        if (!answer.isDone()) {
            controller.loop().put(new ControllerLoop.Measure(measured));
        }
        pending.await(answer, () -> "question how much space is in use");
        return measured.join();
    }

    /**
     * Deletes a disk, and blocks until it is gone. From the request on, I/Os on it fail with
     * {@link DiskDeletedException}, but for those that are at storage already. Its name cannot be used again.
     *
     * @throws IllegalArgumentException if there is no such disk
     * @throws ClusterException if the cluster fails, or does not answer in time, or a snapshot of the disk is being made
     */
    public void delete(String disk) {
        expectDisk(disk);
        ask(answer -> new ControllerLoop.AskDeletion(disk, answer), "deletion of disk " + disk);
    }

    /**
     * Has an agent close a disk, and blocks until it has: from then on no snapshot, deletion or copy waits for the agent on its
     * account. It is closed as soon as no I/O is under way; those that come meanwhile wait, and then the disk is opened again, as
     * for all later ones. A disk that the agent does not have open is left as it is.
     *
     * @throws IllegalArgumentException if there is no such agent or disk
     * @throws IllegalStateException if all agents map all disks
     * @throws ClusterException if the cluster fails, or does not answer in time
     */
    public void close(String agent, String disk) {
        if (config.mapping() == Mapping.ALL) {
            throw new IllegalStateException("all agents map all disks of this cluster, so there is none to close");
        }
        AgentLoop closing = agent(agent);
        expectDisk(disk);
        CompletableFuture<Void> answer = pending.begin();
        if (!answer.isDone()) {
            closing.loop().put(new AgentLoop.Close(disk, answer));
        }
        pending.await(answer, () -> "closing of disk " + disk + " by agent " + agent);
    }

    /**
     * Asks an agent for the entries that it has of a disk, one for each segment, and blocks until it has answered. One
     * question at a time: others wait.
     *
     * @throws IllegalArgumentException if there is no such agent or disk
     * @throws ClusterException if the cluster fails, or does not answer in time
     */
    public List<Entry> inspect(String agent, String disk) {
        agent(agent);
        List<Entry> found = new ArrayList<>();
        synchronized (inspecting) {
            expectDisk(disk);
            ask(
                    answer -> new ControllerLoop.Inspect(agent, disk, found, answer),
                    "entries of agent " + agent + " for disk " + disk);
        }
        return List.copyOf(found);
    }

    private void ask(Function<CompletableFuture<Void>, ControllerLoop.Ask> question, String what) {
        CompletableFuture<Void> answer = pending.begin();
        if (!answer.isDone()) {
            controller.loop().put(question.apply(answer));
        }
        pending.await(answer, () -> what);
    }

    /**
     * Refuses new calls, waits for all that is under way, also for what no host waits for, and ends the threads.
     *
     * @throws ClusterException if the cluster has failed, or work or a thread does not end in time
     */
    @Override
    public void close() {
        try {
            pending.close();
            CompletableFuture<Void> idle = pending.beginLast();
            controller.loop().put(new ControllerLoop.WhenIdle(idle));
            pending.await(idle, () -> "the controller's work when the cluster was closed");
        } finally {
            stop();
        }
    }

    private void stop() {
        beats.shutdown(); // and does not interrupt one that is writing, which would close its file
        long deadlineNanos = System.nanoTime() + config.timeout().toNanos();
        List<String> stuck = new ArrayList<>();
        for (Loop<?> loop : loops()) {
            if (!loop.stop(deadlineNanos)) {
                stuck.add(loop.name());
            }
        }
        pending.throwFailure();
        if (!stuck.isEmpty()) {
            throw new ClusterException(
                    "threads did not end within " + config.timeout().toMillis() + " ms: " + stuck);
        }
    }

    /** Returns all loops, in the order in which they are stopped: who leaves work to another comes first. */
    private List<Loop<?>> loops() {
        List<Loop<?>> loops = new ArrayList<>(ioPool.loops());
        agents.values().forEach(agent -> loops.add(agent.loop()));
        loops.add(controller.loop());
        return loops;
    }

    AgentLoop agent(String name) {
        AgentLoop agent = agents.get(name);
        if (agent == null) {
            throw new IllegalArgumentException("there is no agent " + name + " among " + agents.keySet());
        }
        return agent;
    }

    void expectDisk(String disk) {
        disks.expectUsable(disk);
    }

    PendingCalls pending() {
        return pending;
    }

    /** Asks each thread for a copy of its core; who is stuck or has ended is left out. */
    private Cores cores() {
        Map<String, CompletableFuture<AgentCore>> asked = new TreeMap<>();
        agents.forEach((name, agent) -> {
            CompletableFuture<AgentCore> answer = new CompletableFuture<>();
            agent.loop().put(new AgentLoop.Look(answer));
            asked.put(name, answer);
        });
        CompletableFuture<ControllerCore> ofController = new CompletableFuture<>();
        controller.loop().put(new ControllerLoop.Look(ofController));
        Map<String, AgentCore> found = new TreeMap<>();
        asked.forEach((name, answer) -> seen(answer).ifPresent(core -> found.put(name, core)));
        return new Cores(found, seen(ofController).orElse(null));
    }

    private static <T> Optional<T> seen(CompletableFuture<T> answer) {
        try {
            return Optional.of(answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void deliver(ToAgent message) {
        agent(message.to()).loop().put(new AgentLoop.Arrived(message));
    }

    private Place place(String name) {
        Place place = new Place(name, clock, config.trace());
        places.add(place);
        return place;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it fails what is pending if it fails
    private void startBeats() {
        beats.scheduleWithFixedDelay(this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Says of each place that it is alive, for those who read the trace. */
    private void beat() {
        try {
            places.forEach(Place::beat);
        } catch (RuntimeException e) {
            pending.fail(e);
            throw e; // and no more
        }
    }
}
