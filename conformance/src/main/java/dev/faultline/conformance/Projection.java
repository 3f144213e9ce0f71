package dev.faultline.conformance;

import dev.faultline.core.Event;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.SegmentRange;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceHeader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * From an event of the code to a step of the spec: the action has the event's name, and its arguments are the event's
 * components, cut down to a segment. This is the one place that knows both sides' words for everything.
 */
final class Projection implements Event.Visitor<Claim> {
    private final LoadedSpec spec;
    private final SpecValues values;
    private final int allSegments;
    private final ToIntFunction<String> segmentOfHost;
    private final Map<String, SpecAction> actions = new HashMap<>();

    /**
     * Makes a projection.
     *
     * @param segmentOfHost the segment of the I/O that a host has under way
     * @param versions those of the events so far
     */
    Projection(LoadedSpec spec, TraceHeader header, ToIntFunction<String> segmentOfHost, Versions versions) {
        this.spec = spec;
        this.segmentOfHost = segmentOfHost;
        values = new SpecValues(spec, header.disks().size(), header.segments(), versions);
        allSegments = header.segments();
    }

    private SpecAction action(Event event) {
        return actions.computeIfAbsent(event.action(), spec::action);
    }

    private Claim of(Event event, int segment, IntFunction<SpecValue[]> arguments) {
        return new Claim(action(event), segment, 1, arguments);
    }

    private Claim ofHost(Event event, String host, SpecValue... more) {
        SpecValue[] arguments = new SpecValue[more.length + 1];
        arguments[0] = values.name(host);
        System.arraycopy(more, 0, arguments, 1, more.length);
        return of(event, segmentOfHost.applyAsInt(host), segment -> arguments);
    }

    private Claim ofHost(Event event, String host, long location) {
        return of(event, segmentOfHost.applyAsInt(host), segment ->
                new SpecValue[] {values.name(host), values.location(location, segment)});
    }

    private Claim ofCommand(Event event, Command command) {
        SegmentRange range = command.range();
        return new Claim(action(event), range.first(), range.count(), segment ->
                new SpecValue[] {values.command(command, segment)});
    }

    private Claim ofAnswer(Event event, Answer answer) {
        SegmentRange range = answer.command().range();
        return new Claim(action(event), range.first(), range.count(), segment ->
                new SpecValue[] {values.answer(answer, segment)});
    }

    private Claim ofMessage(Event event, Message message) {
        if (message instanceof Command command) {
            return ofCommand(event, command);
        }
        return message instanceof Answer answer ? ofAnswer(event, answer) : ofFault(event, (MappingFault) message);
    }

    private Claim ofFault(Event event, MappingFault fault) {
        return of(event, fault.segment(), segment -> new SpecValue[] {values.fault(fault)});
    }

    private Claim ofJob(Event event, int segment, SpecValue... more) {
        SpecValue[] arguments = new SpecValue[more.length + 1];
        arguments[0] = values.segment();
        System.arraycopy(more, 0, arguments, 1, more.length);
        return of(event, segment, s -> arguments);
    }

    private Claim ofAll(Event event, SpecValue... arguments) {
        return new Claim(action(event), 0, allSegments, segment -> arguments);
    }

    @Override
    public Claim read(Event.Read event) {
        return of(event, event.segment(), segment -> new SpecValue[] {
            values.name(event.host()),
            values.name(event.agent()),
            values.name(event.disk()),
            values.segment(),
            values.block(event.block())
        });
    }

    @Override
    public Claim write(Event.Write event) {
        return of(event, event.segment(), segment -> new SpecValue[] {
            values.name(event.host()),
            values.name(event.agent()),
            values.name(event.disk()),
            values.segment(),
            values.block(event.block()),
            values.content(event.value())
        });
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
        return ofHost(event, event.host(), values.content(event.value()));
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
        return of(event, event.fault().segment(), segment ->
                new SpecValue[] {values.fault(event.fault()), values.location(event.location(), segment)});
    }

    @Override
    public Claim copyBlock(Event.CopyBlock event) {
        return of(event, event.segment(), segment ->
                new SpecValue[] {values.segment(), values.block(event.block()), values.content(event.value())});
    }

    @Override
    public Claim switchEntry(Event.Switch event) {
        return ofJob(event, event.segment(), values.version(event.version()));
    }

    @Override
    public Claim liftAfterCopy(Event.LiftAfterCopy event) {
        return ofJob(event, event.segment(), values.version(event.version()));
    }

    @Override
    public Claim liftUnshared(Event.LiftUnshared event) {
        return of(event, event.fault().segment(), segment ->
                new SpecValue[] {values.fault(event.fault()), values.version(event.version())});
    }

    @Override
    public Claim finishJob(Event.FinishJob event) {
        return ofJob(event, event.segment());
    }

    @Override
    public Claim inspect(Event.Inspect event) {
        return ofAll(event, values.name(event.agent()), values.name(event.disk()));
    }

    @Override
    public Claim receiveAnswer(Event.ReceiveAnswer event) {
        return ofAnswer(event, event.answer());
    }

    @Override
    public Claim askSnapshot(Event.AskSnapshot event) {
        return ofAll(event, values.cut(event.cut()));
    }

    @Override
    public Claim quiesce(Event.Quiesce event) {
        return ofAll(event, values.cut(event.cut()), values.version(event.version()));
    }

    @Override
    public Claim freeze(Event.Freeze event) {
        return ofAll(event, values.cut(event.cut()), values.version(event.version()));
    }

    @Override
    public Claim copyTable(Event.CopyTable event) {
        return ofAll(event, values.cut(event.cut()), values.version(event.version()));
    }

    @Override
    public Claim activate(Event.Activate event) {
        return ofAll(event, values.cut(event.cut()), values.version(event.version()));
    }

    @Override
    public Claim answerSnapshot(Event.AnswerSnapshot event) {
        return ofAll(event, values.cut(event.cut()));
    }

    @Override
    public Claim askDeletion(Event.AskDeletion event) {
        return ofAll(event, values.name(event.disk()));
    }

    @Override
    public Claim delete(Event.Delete event) {
        return ofAll(event, values.name(event.disk()), values.version(event.version()));
    }

    @Override
    public Claim remove(Event.Remove event) {
        return ofAll(event, values.name(event.disk()));
    }

    @Override
    public Claim crashAgent(Event.CrashAgent event) {
        return ofAll(event, values.name(event.agent()));
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
        return ofAll(event, values.name(event.agent()));
    }

    @Override
    public Claim fence(Event.Fence event) {
        return ofAll(event, values.name(event.agent()));
    }

    @Override
    public Claim crashController(Event.CrashController event) {
        return ofAll(event);
    }

    @Override
    public Claim recover(Event.Recover event) {
        return ofAll(event, values.version(event.version()));
    }

    @Override
    public Claim finishRecovery(Event.FinishRecovery event) {
        return ofAll(event);
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
