package dev.faultline.conformance.projection;

import dev.faultline.conformance.names.Naming;
import dev.faultline.core.Event;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.SegmentRange;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.trace.TraceHeader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * From an event of the code to a step of the spec: the action has the event's name, and its arguments are the event's
 * components, cut down to a segment. This is the one place that knows both sides' words for everything.
 */
public final class Projection implements Event.Visitor<Claim> {
    private static final Integer SEGMENT = 0;

    private final LoadedSpec spec;
    private final int allSegments;
    private final Function<String, ActiveIo> ioOfHost;
    private final Map<String, SpecAction> actions = new HashMap<>();

    /**
     * Makes a projection.
     *
     * @param ioOfHost the I/O that a host has under way
     */
    public Projection(LoadedSpec spec, TraceHeader header, Function<String, ActiveIo> ioOfHost) {
        this.spec = spec;
        this.ioOfHost = ioOfHost;
        allSegments = header.segments();
    }

    private SpecAction action(Event event) {
        return actions.computeIfAbsent(event.action(), spec::action);
    }

    private Claim of(Event event, int segment, Function<Naming, List<Object>> arguments) {
        return new Claim(action(event), segment, 1, arguments);
    }

    private Claim ofHost(Event event, String host) {
        return of(event, ioOfHost.apply(host).segment(), names -> List.of(names.host(host)));
    }

    private Claim ofHost(Event event, String host, long location) {
        return of(event, ioOfHost.apply(host).segment(), names -> List.of(names.host(host), names.location(location)));
    }

    private Claim ofCommand(Event event, Command command) {
        SegmentRange range = command.range();
        return new Claim(action(event), range.first(), range.count(), names -> List.of(names.command(command)));
    }

    private Claim ofAnswer(Event event, Answer answer) {
        SegmentRange range = answer.command().range();
        return new Claim(action(event), range.first(), range.count(), names -> List.of(names.answer(answer)));
    }

    private Claim ofMessage(Event event, Message message) {
        if (message instanceof Command command) {
            return ofCommand(event, command);
        }
        return message instanceof Answer answer ? ofAnswer(event, answer) : ofFault(event, (MappingFault) message);
    }

    private Claim ofFault(Event event, MappingFault fault) {
        return of(event, fault.segment(), names -> List.of(names.fault(fault)));
    }

    private Claim ofFault(Event event, MappingFault fault, long version) {
        return of(event, fault.segment(), names -> List.of(names.fault(fault), names.version(version)));
    }

    private Claim ofJob(Event event, int segment) {
        return of(event, segment, names -> List.of(SEGMENT));
    }

    private Claim ofJob(Event event, int segment, long version) {
        return of(event, segment, names -> List.of(SEGMENT, names.version(version)));
    }

    private Claim ofAll(Event event, Object disks) {
        return new Claim(action(event), 0, allSegments, names -> List.of(disks));
    }

    private Claim ofAll(Event event, Object disks, long version) {
        return new Claim(action(event), 0, allSegments, names -> List.of(disks, names.version(version)));
    }

    @Override
    public Claim read(Event.Read event) {
        return of(
                event,
                event.segment(),
                names -> List.of(
                        names.host(event.host()),
                        names.agent(event.agent()),
                        event.disk(),
                        SEGMENT,
                        names.block(event.block())));
    }

    @Override
    public Claim write(Event.Write event) {
        return of(
                event,
                event.segment(),
                names -> List.of(
                        names.host(event.host()),
                        names.agent(event.agent()),
                        event.disk(),
                        SEGMENT,
                        names.block(event.block()),
                        names.content(event.block(), event.value())));
    }

    @Override
    public Claim start(Event.Start event) {
        return ofHost(event, event.host(), event.location());
    }

    @Override
    public Claim retry(Event.Retry event) {
        return ofHost(event, event.host(), event.location());
    }

    @Override
    public Claim fault(Event.Fault event) {
        return ofHost(event, event.host());
    }

    @Override
    public Claim reject(Event.Reject event) {
        return ofHost(event, event.host());
    }

    @Override
    public Claim perform(Event.Perform event) {
        return ofHost(event, event.host());
    }

    @Override
    public Claim complete(Event.Complete event) {
        ActiveIo io = ioOfHost.apply(event.host());
        return of(
                event,
                io.segment(),
                names -> List.of(names.host(event.host()), names.content(io.block(), event.value())));
    }

    @Override
    public Claim applyCommand(Event.ApplyCommand event) {
        return ofCommand(event, event.command());
    }

    @Override
    public Claim answerCommand(Event.AnswerCommand event) {
        return ofCommand(event, event.command());
    }

    @Override
    public Claim receiveFault(Event.ReceiveFault event) {
        return ofFault(event, event.fault());
    }

    @Override
    public Claim refresh(Event.Refresh event) {
        return ofFault(event, event.fault());
    }

    @Override
    public Claim beginCopy(Event.BeginCopy event) {
        return of(
                event,
                event.fault().segment(),
                names -> List.of(names.fault(event.fault()), names.location(event.location())));
    }

    @Override
    public Claim copyBlock(Event.CopyBlock event) {
        return of(
                event,
                event.segment(),
                names -> List.of(SEGMENT, names.block(event.block()), names.content(event.block(), event.value())));
    }

    @Override
    public Claim switchEntry(Event.Switch event) {
        return ofJob(event, event.segment(), event.version());
    }

    @Override
    public Claim liftAfterCopy(Event.LiftAfterCopy event) {
        return ofJob(event, event.segment(), event.version());
    }

    @Override
    public Claim liftUnshared(Event.LiftUnshared event) {
        return ofFault(event, event.fault(), event.version());
    }

    @Override
    public Claim finishJob(Event.FinishJob event) {
        return ofJob(event, event.segment());
    }

    @Override
    public Claim inspect(Event.Inspect event) {
        return new Claim(action(event), 0, allSegments, names -> List.of(names.agent(event.agent()), event.disk()));
    }

    @Override
    public Claim receiveAnswer(Event.ReceiveAnswer event) {
        return ofAnswer(event, event.answer());
    }

    @Override
    public Claim askSnapshot(Event.AskSnapshot event) {
        return ofAll(event, event.cut());
    }

    @Override
    public Claim quiesce(Event.Quiesce event) {
        return ofAll(event, event.cut(), event.version());
    }

    @Override
    public Claim freeze(Event.Freeze event) {
        return ofAll(event, event.cut(), event.version());
    }

    @Override
    public Claim copyTable(Event.CopyTable event) {
        return ofAll(event, event.cut(), event.version());
    }

    @Override
    public Claim activate(Event.Activate event) {
        return ofAll(event, event.cut(), event.version());
    }

    @Override
    public Claim answerSnapshot(Event.AnswerSnapshot event) {
        return ofAll(event, event.cut());
    }

    @Override
    public Claim askDeletion(Event.AskDeletion event) {
        return ofAll(event, event.disk());
    }

    @Override
    public Claim delete(Event.Delete event) {
        return ofAll(event, event.disk(), event.version());
    }

    @Override
    public Claim remove(Event.Remove event) {
        return new Claim(
                action(event), 0, event.freed().size(), names -> List.of(event.disk(), names.freed(event.freed())));
    }

    @Override
    public Claim crashAgent(Event.CrashAgent event) {
        return new Claim(action(event), 0, allSegments, names -> List.of(names.agent(event.agent())));
    }

    @Override
    public Claim abandon(Event.Abandon event) {
        return ofHost(event, event.host());
    }

    @Override
    public Claim refuse(Event.Refuse event) {
        return ofHost(event, event.host());
    }

    @Override
    public Claim join(Event.Join event) {
        return new Claim(action(event), 0, allSegments, names -> List.of(names.agent(event.agent())));
    }

    @Override
    public Claim fence(Event.Fence event) {
        return new Claim(action(event), 0, allSegments, names -> List.of(names.agent(event.agent())));
    }

    @Override
    public Claim crashController(Event.CrashController event) {
        return new Claim(action(event), 0, allSegments, names -> List.of());
    }

    @Override
    public Claim recover(Event.Recover event) {
        return new Claim(action(event), 0, allSegments, names -> List.of(names.version(event.version())));
    }

    @Override
    public Claim finishRecovery(Event.FinishRecovery event) {
        return new Claim(action(event), 0, allSegments, names -> List.of());
    }

    @Override
    public Claim lose(Event.Lose event) {
        return ofMessage(event, event.message());
    }

    @Override
    public Claim repeat(Event.Repeat event) {
        return ofMessage(event, event.message());
    }

    @Override
    public Claim resend(Event.Resend event) {
        return ofCommand(event, event.command());
    }

    @Override
    public Claim remind(Event.Remind event) {
        return ofHost(event, event.host());
    }
}
