package dev.faultline.sim;

import dev.faultline.core.AgentCore;
import dev.faultline.core.ControllerCore;
import dev.faultline.core.Io;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.ToAgent;
import dev.faultline.core.StorageRules;
import java.util.ArrayList;
import java.util.List;

/** What the system does of itself: turns of its cores, messages that arrive, storage at work, and repetitions. */
sealed interface OwnMove extends Move {
    /** Returns what it is and where, but not what it is about. */
    String kind();

    /** An agent takes one of its turns. */
    record AgentTurn(String agent, AgentCore.Turn turn) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.take(agent, turn);
        }

        @Override
        public String kind() {
            return agent + " " + turn.getClass().getSimpleName();
        }
    }

    /** The controller takes one of its turns. */
    record ControllerTurn(ControllerCore.Turn turn) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.take(turn);
        }

        @Override
        public String kind() {
            return "controller " + turn.getClass().getSimpleName();
        }
    }

    /** A message arrives. */
    record Deliver(Message message) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.deliver(message);
        }

        @Override
        public String kind() {
            return "deliver " + message.getClass().getSimpleName()
                    + (message instanceof ToAgent addressed ? " to " + addressed.to() : "");
        }
    }

    /** Storage performs the I/O of a host. */
    record Perform(String host) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.perform(host);
        }

        @Override
        public String kind() {
            return "perform " + host;
        }
    }

    /** Storage refuses the I/O of a host, whose agent is fenced. */
    record Refuse(String host) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.refuse(host);
        }

        @Override
        public String kind() {
            return "refuse " + host;
        }
    }

    /** An agent hears what storage did for a host. */
    record Complete(String host) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.complete(host);
        }

        @Override
        public String kind() {
            return "complete " + host;
        }
    }

    /** A host whose agent is gone gives its I/O up. */
    record Abandon(String host) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.abandon(host);
        }

        @Override
        public String kind() {
            return "abandon " + host;
        }
    }

    /** Storage copies a block for the controller. */
    record CopyBlock(Container.Copy copy) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.copyBlock(copy);
        }

        @Override
        public String kind() {
            return "copy";
        }
    }

    /** The controller looks at a block that may be zeros. */
    record CheckBlock(int segment, int block) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.checkBlock(segment, block);
        }

        @Override
        public String kind() {
            return "look";
        }
    }

    /** Storage flushes for the controller. */
    record Flush(ControllerCore.Flush flush) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.flush(flush);
        }

        @Override
        public String kind() {
            return "flush " + flush.getClass().getSimpleName();
        }
    }

    /** The controller hears that storage has lost power. */
    record Reconnect() implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.reconnect();
        }

        @Override
        public String kind() {
            return "reconnect";
        }
    }

    /** The controller sends again a command that nobody answered. */
    record Resend(Command command) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.resend(command);
        }

        @Override
        public String kind() {
            return "resend to " + command.to();
        }
    }

    /** An agent sends again a fault that nothing was done about. */
    record Remind(String agent, String host) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.remind(agent, host);
        }

        @Override
        public String kind() {
            return "remind " + host;
        }
    }

    /** An agent says again about a disk what was not answered. */
    record RemindOpening(String agent, String disk) implements OwnMove {
        @Override
        public Happening in(World world) {
            return world.remindOpening(agent, disk);
        }

        @Override
        public String kind() {
            return "remind " + agent + " of " + disk;
        }
    }

    /** Returns all that can happen next, in a fixed order, but for repetitions. */
    static List<Move> all(Parts parts) {
        List<Move> moves = new ArrayList<>();
        parts.agents().forEach((name, agent) -> agent.turns().forEach(turn -> moves.add(new AgentTurn(name, turn))));
        parts.controller().turns().forEach(turn -> moves.add(new ControllerTurn(turn)));
        addDeliveries(moves, parts);
        Container container = parts.container();
        for (String host : container.waiting()) {
            if (container.performs(host)) {
                moves.add(new Perform(host));
            } else if (!parts.orphans().containsKey(host)) {
                moves.add(new Refuse(host));
            }
        }
        for (String host : container.performed().keySet()) {
            if (!parts.orphans().containsKey(host)) {
                moves.add(new Complete(host));
            }
        }
        parts.orphans().keySet().forEach(host -> moves.add(new Abandon(host)));
        addTransfers(moves, parts);
        return moves;
    }

    /** Adds what storage can do for the controller. */
    private static void addTransfers(List<Move> moves, Parts parts) {
        Container container = parts.container();
        if (container.cut().contains(StorageRules.CONTROLLER)
                && parts.controller().isUp()) {
            moves.add(new Reconnect());
        }
        if (!container.servesController()) {
            return;
        }
        container.copies().forEach(copy -> moves.add(new CopyBlock(copy)));
        parts.controller().flushes().forEach(flush -> moves.add(new Flush(flush)));
        parts.controller().looking().forEach((segment, job) -> {
            for (int block = 0; block < container.blocks(); block++) {
                if (!job.copied().contains(block)) {
                    moves.add(new CheckBlock(segment, block));
                }
            }
        });
    }

    private static void addDeliveries(List<Move> moves, Parts parts) {
        boolean up = parts.controller().isUp();
        for (Message message : parts.network().copies().keySet()) {
            if (message instanceof ToAgent addressed ? parts.agents().containsKey(addressed.to()) : up) {
                moves.add(new Deliver(message));
            }
        }
    }

    /** Returns what can be said again, for it is not on its way and not answered. */
    static List<Move> repetitions(Parts parts) {
        List<Move> moves = new ArrayList<>();
        for (Command command : parts.controller().awaited()) {
            if (!parts.network().has(command)) {
                moves.add(new Resend(command));
            }
        }
        parts.agents()
                .forEach((name, agent) -> agent.ios().forEach((host, io) -> {
                    if (io.phase() == Io.Phase.FAULTED
                            && !parts.network().has(new MappingFault(name, io.disk(), io.segment(), io.kind()))) {
                        moves.add(new Remind(name, host));
                    }
                }));
        parts.agents()
                .forEach((name, agent) -> agent.unanswered().forEach(message -> {
                    if (!parts.network().has(message)) {
                        moves.add(new RemindOpening(name, message.disk()));
                    }
                }));
        return moves;
    }

    /** Returns all that a core could be made to do, whether or not its time has come. */
    static List<Move> attempts(Parts parts) {
        List<Move> attempts = new ArrayList<>();
        parts.agents().forEach((name, agent) -> agent.begun().forEach(turn -> attempts.add(new AgentTurn(name, turn))));
        parts.controller().begun().forEach(turn -> attempts.add(new ControllerTurn(turn)));
        return attempts;
    }
}
