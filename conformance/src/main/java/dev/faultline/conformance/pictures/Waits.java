package dev.faultline.conformance.pictures;

import dev.faultline.core.AgentCore;
import dev.faultline.core.Clone;
import dev.faultline.core.ControllerCore;
import dev.faultline.core.Deletion;
import dev.faultline.core.Entry;
import dev.faultline.core.Io;
import dev.faultline.core.Job;
import dev.faultline.core.Kind;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OfOpening;
import dev.faultline.core.Recovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says in a system that goes on no more who waits for what: which I/O for which entry, which job for which command, which
 * agent for which I/O.
 */
public final class Waits {
    private final Map<String, AgentCore> agents;
    private final ControllerCore controller;
    private final @Nullable Set<Message> onTheWay;
    private final List<String> lines = new ArrayList<>();

    private Waits(Map<String, AgentCore> agents, ControllerCore controller, @Nullable Set<Message> onTheWay) {
        this.agents = agents;
        this.controller = controller;
        this.onTheWay = onTheWay;
    }

    /**
     * Returns a line for each thing that waits, in a fixed order; empty if nothing does.
     *
     * @param agents the agents that run, by name
     * @param onTheWay the messages on their way; null if nobody knows
     */
    public static List<String> lines(
            Map<String, AgentCore> agents, ControllerCore controller, @Nullable Set<Message> onTheWay) {
        Waits waits = new Waits(agents, controller, onTheWay);
        agents.forEach(waits::addIos);
        agents.forEach(waits::addOpenings);
        waits.addWork();
        agents.forEach(waits::addOwed);
        return List.copyOf(waits.lines);
    }

    // ---- I/Os

    private void addIos(String name, AgentCore agent) {
        agent.ios()
                .forEach((host, io) -> lines.add(host + " waits at " + name + " for its "
                        + io.kind() + " of "
                        + (io.kind() == Kind.FLUSH ? io.disk() : Words.at(io.disk(), io.segment(), io.block())) + ": "
                        + reason(name, io, agent)));
    }

    private String reason(String name, Io io, AgentCore agent) {
        List<Entry> entries = agent.cache().get(io.disk());
        Entry entry = entries == null || io.kind() == Kind.FLUSH ? Entry.NONE : entries.get(io.segment());
        String held = "the agent's entry is " + Words.words(entry);
        return switch (io.phase()) {
            case STARTED -> "sent to storage, which has not answered";
            case FULL -> "there is no space for it; the agent has been told, and does not return it";
            case WAITING, RENEWED ->
                held
                        + (entry.allows(io.kind())
                                ? ", which allows it, and the agent does not send it"
                                : ", not asked about");
            case FAULTED ->
                held + "; "
                        + faultIn(new MappingFault(name, io.disk(), io.segment(), io.kind()), entry.allows(io.kind()));
        };
    }

    private String faultIn(MappingFault fault, boolean allowed) {
        if (allowed) {
            return "it allows the I/O now, and the agent does not try again";
        } else if (controller.faults().contains(fault)) {
            return "the controller has the fault and does not serve it" + because(fault);
        } else if (onTheWay != null && onTheWay.contains(fault)) {
            return "the fault is on its way to the controller";
        }
        Job job = controller.jobs().get(fault.segment());
        return job != null && job.disk().equals(fault.disk())
                ? "the controller is " + job.step() + " (below)"
                : "the controller knows of no such fault";
    }

    private String because(MappingFault fault) {
        if (controller.jobs().containsKey(fault.segment())) {
            return ", for it is " + controller.jobs().get(fault.segment()).step() + " the segment (below)";
        } else if (controller.recovery().step() != Recovery.Step.SERVING) {
            return ", for it has not recovered (below)";
        } else if (controller.deletions().containsKey(fault.disk())) {
            return ", for the disk is being deleted (below)";
        }
        return controller.clones().isEmpty() ? "" : ", for snapshots are being made (below)";
    }

    // ---- Openings

    private void addOpenings(String name, AgentCore agent) {
        for (OfOpening asked : agent.unanswered()) {
            String where = onTheWay == null
                    ? ""
                    : onTheWay.stream().anyMatch(other -> isAboutThatOf(asked, other))
                            ? ", which is on its way, or the answer is"
                            : ", which was lost";
            lines.add(name + " waits for the answer to: " + Words.words((Message) asked) + where);
        }
    }

    private static boolean isAboutThatOf(OfOpening asked, Message other) {
        return other instanceof OfOpening found
                && found.opener().equals(asked.opener())
                && found.disk().equals(asked.disk())
                && found.number() == asked.number();
    }

    // ---- What the controller has begun

    private void addWork() {
        if (controller.recovery().step() != Recovery.Step.SERVING) {
            add(
                    "the controller, which has crashed, is "
                            + controller.recovery().step(),
                    controller.recovery().awaits());
        }
        for (Clone clone : controller.clones().values()) {
            add(
                    "the controller is " + clone.step() + " for snapshots "
                            + clone.cut().snapshots(),
                    clone.awaits());
        }
        for (Map.Entry<String, Deletion> deletion : controller.deletions().entrySet()) {
            add(
                    "the controller is " + deletion.getValue().step() + " disk " + deletion.getKey(),
                    deletion.getValue().awaits());
        }
        for (Map.Entry<Integer, Job> entry : controller.jobs().entrySet()) {
            Job job = entry.getValue();
            boolean byBlock =
                    job.step() == Job.Step.COPYING || job.step() == Job.Step.HOLDING || job.step() == Job.Step.LOOKING;
            String copied = byBlock ? ", blocks " + job.copied() + " so far" : "";
            add(
                    "the controller is " + job.step() + " segment " + entry.getKey() + " of " + job.disk() + copied,
                    job.awaits());
        }
    }

    private void add(String what, Set<Command> awaited) {
        lines.add(what + (awaited.isEmpty() ? ", and waits for no answer" : ", and waits for the answer to:"));
        awaited.forEach(
                command -> lines.add("  " + Words.words(command) + " to " + command.to() + ": " + fate(command)));
    }

    private String fate(Command command) {
        AgentCore agent = agents.get(command.to());
        if (onTheWay != null && onTheWay.contains(command)) {
            return "on its way";
        } else if (onTheWay != null
                && onTheWay.stream()
                        .anyMatch(m -> m instanceof Answer a && a.command().equals(command))) {
            return "the answer is on its way";
        } else if (agent == null) {
            return "the agent does not run";
        }
        Set<String> hosts = agent.owed().get(command);
        if (hosts == null) {
            return onTheWay == null ? "the agent owes it no answer" : "lost, and nobody sends it again";
        }
        return hosts.isEmpty() ? "the agent has it and does not answer" : "the agent waits for the I/O of " + hosts;
    }

    // ---- What nobody waits for, and an agent owes

    private void addOwed(String name, AgentCore agent) {
        Set<Command> awaited = controller.awaited();
        agent.owed().forEach((command, hosts) -> {
            if (!awaited.contains(command)) {
                lines.add(name + " has " + Words.words(command) + ", which nobody awaits, and "
                        + (hosts.isEmpty() ? "does not answer" : "waits for the I/O of " + hosts));
            }
        });
    }
}
