package dev.faultline.conformance.projection;

import dev.faultline.core.Event;
import dev.faultline.core.OldBlock;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.trace.TraceHeader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongToIntFunction;
import java.util.stream.Collectors;

/**
 * From an event of the code to a step of the spec: the action has the event's name, and its arguments are the event's
 * components, cut down to a segment. This is the one place that knows both sides' words for everything.
 */
public final class Projection implements Event.Visitor<Claim> {
    static final Integer SEGMENT = 0;

    private final Claims claims;
    private final Function<String, ActiveIo> ioOfHost;
    private final LongToIntFunction segmentOfLocation;

    /**
     * Makes a projection.
     *
     * @param ioOfHost the I/O that a host has under way
     * @param segmentOfLocation the segment that has a location
     */
    public Projection(
            LoadedSpec spec,
            TraceHeader header,
            Function<String, ActiveIo> ioOfHost,
            LongToIntFunction segmentOfLocation) {
        claims = new Claims(spec, header.segments(), ioOfHost);
        this.ioOfHost = ioOfHost;
        this.segmentOfLocation = segmentOfLocation;
    }

    @Override
    public Claim read(Event.Read event) {
        return claims.of(
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
        return claims.of(
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
        return claims.ofHost(event, event.host(), event.location());
    }

    @Override
    public Claim retry(Event.Retry event) {
        return claims.ofHost(event, event.host(), event.location());
    }

    @Override
    public Claim fault(Event.Fault event) {
        return claims.ofHost(event, event.host());
    }

    @Override
    public Claim reject(Event.Reject event) {
        return claims.ofHost(event, event.host());
    }

    @Override
    public Claim perform(Event.Perform event) {
        return claims.ofHost(event, event.host());
    }

    @Override
    public Claim complete(Event.Complete event) {
        ActiveIo io = ioOfHost.apply(event.host());
        return claims.ofIo(
                event, io, names -> List.of(names.host(event.host()), names.content(io.block(), event.value())));
    }

    @Override
    public Claim applyCommand(Event.ApplyCommand event) {
        return claims.ofCommand(event, event.command());
    }

    @Override
    public Claim answerCommand(Event.AnswerCommand event) {
        return claims.ofCommand(event, event.command());
    }

    @Override
    public Claim receiveFault(Event.ReceiveFault event) {
        return claims.ofFault(event, event.fault());
    }

    @Override
    public Claim refresh(Event.Refresh event) {
        return claims.ofFault(event, event.fault());
    }

    @Override
    public Claim beginCopy(Event.BeginCopy event) {
        return claims.ofFaultAt(event, event.fault(), event.location());
    }

    @Override
    public Claim copyBlock(Event.CopyBlock event) {
        return claims.ofBlock(event, event.segment(), event.block(), event.value());
    }

    @Override
    public Claim switchEntry(Event.Switch event) {
        return claims.ofJob(event, event.segment(), event.version());
    }

    @Override
    public Claim liftAfterCopy(Event.LiftAfterCopy event) {
        return claims.ofJob(event, event.segment(), event.version());
    }

    @Override
    public Claim liftUnshared(Event.LiftUnshared event) {
        return claims.ofFault(event, event.fault(), event.version());
    }

    @Override
    public Claim finishJob(Event.FinishJob event) {
        return claims.ofJob(event, event.segment());
    }

    @Override
    public Claim inspect(Event.Inspect event) {
        return claims.ofAllSegments(event, names -> List.of(names.agent(event.agent()), event.disk()));
    }

    @Override
    public Claim receiveAnswer(Event.ReceiveAnswer event) {
        return claims.ofAnswer(event, event.answer());
    }

    @Override
    public Claim askSnapshot(Event.AskSnapshot event) {
        return claims.ofAll(event, event.cut());
    }

    @Override
    public Claim quiesce(Event.Quiesce event) {
        return claims.ofAll(event, event.cut(), event.version());
    }

    @Override
    public Claim freeze(Event.Freeze event) {
        return claims.ofAll(event, event.cut(), event.version());
    }

    @Override
    public Claim copyTable(Event.CopyTable event) {
        return claims.ofAll(event, event.cut(), event.version());
    }

    @Override
    public Claim activate(Event.Activate event) {
        return claims.ofAll(event, event.cut(), event.version());
    }

    @Override
    public Claim answerSnapshot(Event.AnswerSnapshot event) {
        return claims.ofAll(event, event.cut());
    }

    @Override
    public Claim askDeletion(Event.AskDeletion event) {
        return claims.ofAll(event, event.disk());
    }

    @Override
    public Claim delete(Event.Delete event) {
        return claims.ofAll(event, event.disk(), event.version());
    }

    @Override
    public Claim remove(Event.Remove event) {
        return claims.ofSegments(
                event, 0, event.freed().size(), names -> List.of(event.disk(), names.freed(event.freed())));
    }

    @Override
    public Claim open(Event.Open event) {
        return claims.ofOpening(event, event.agent(), event.disk());
    }

    @Override
    public Claim receiveOpen(Event.ReceiveOpen event) {
        return claims.ofOpening(event, event.opening());
    }

    @Override
    public Claim receiveOpened(Event.ReceiveOpened event) {
        return claims.ofOpening(event, event.answer());
    }

    @Override
    public Claim close(Event.Close event) {
        return claims.ofOpening(event, event.agent(), event.disk());
    }

    @Override
    public Claim receiveClose(Event.ReceiveClose event) {
        return claims.ofOpening(event, event.closing());
    }

    @Override
    public Claim receiveClosed(Event.ReceiveClosed event) {
        return claims.ofOpening(event, event.answer());
    }

    @Override
    public Claim remindOpening(Event.RemindOpening event) {
        return claims.ofOpening(event, event.agent(), event.disk());
    }

    @Override
    public Claim create(Event.Create event) {
        return claims.ofAll(event, event.disk(), event.version());
    }

    @Override
    public Claim beginFill(Event.BeginFill event) {
        return claims.ofFaultAt(event, event.fault(), event.location());
    }

    @Override
    public Claim offer(Event.Offer event) {
        return claims.of(event, event.segment(), names -> List.of(names.agent(event.agent()), event.disk(), SEGMENT));
    }

    @Override
    public Claim forgetOffer(Event.ForgetOffer event) {
        return claims.ofFault(event, event.fault());
    }

    @Override
    public Claim hold(Event.Hold event) {
        return claims.ofFault(event, event.fault(), event.version());
    }

    @Override
    public Claim checkBlock(Event.CheckBlock event) {
        return claims.ofBlock(event, event.segment(), event.block(), event.value());
    }

    @Override
    public Claim vacate(Event.Vacate event) {
        return claims.of(
                event,
                event.segment(),
                names -> List.of(SEGMENT, names.version(event.version()), names.freed(event.freed())));
    }

    @Override
    public Claim release(Event.Release event) {
        return claims.ofJob(event, event.segment(), event.version());
    }

    @Override
    public Claim refuseWrite(Event.RefuseWrite event) {
        return claims.ofFault(event, event.fault());
    }

    @Override
    public Claim receiveFull(Event.ReceiveFull event) {
        return claims.ofFull(event, event.full());
    }

    @Override
    public Claim fail(Event.Fail event) {
        return claims.ofHost(event, event.host());
    }

    @Override
    public Claim flush(Event.Flush event) {
        return claims.ofAllSegments(
                event, names -> List.of(names.host(event.host()), names.agent(event.agent()), event.disk()));
    }

    @Override
    public Claim flushCopy(Event.FlushCopy event) {
        return claims.ofJob(event, event.segment());
    }

    @Override
    public Claim flushHeld(Event.FlushHeld event) {
        return claims.ofJob(event, event.segment());
    }

    @Override
    public Claim flushDisks(Event.FlushDisks event) {
        return claims.ofAll(event, event.cut());
    }

    @Override
    public Claim losePower(Event.LosePower event) {
        Map<Integer, List<OldBlock>> bySegment = event.fallen().stream()
                .collect(Collectors.groupingBy(old -> segmentOfLocation.applyAsInt(old.location())));
        return claims.ofAllSegments(event, names -> List.of(names.fallen(bySegment)));
    }

    @Override
    public Claim reconnect(Event.Reconnect event) {
        return claims.ofAllSegments(event, names -> List.of());
    }

    @Override
    public Claim crashAgent(Event.CrashAgent event) {
        return claims.ofAllSegments(event, names -> List.of(names.agent(event.agent())));
    }

    @Override
    public Claim abandon(Event.Abandon event) {
        return claims.ofHost(event, event.host());
    }

    @Override
    public Claim refuse(Event.Refuse event) {
        return claims.ofHost(event, event.host());
    }

    @Override
    public Claim join(Event.Join event) {
        return claims.ofAllSegments(event, names -> List.of(names.agent(event.agent())));
    }

    @Override
    public Claim fence(Event.Fence event) {
        return claims.ofAllSegments(event, names -> List.of(names.agent(event.agent())));
    }

    @Override
    public Claim crashController(Event.CrashController event) {
        return claims.ofAllSegments(event, names -> List.of());
    }

    @Override
    public Claim recover(Event.Recover event) {
        return claims.ofAllSegments(event, names -> List.of(names.version(event.version())));
    }

    @Override
    public Claim finishRecovery(Event.FinishRecovery event) {
        return claims.ofAllSegments(event, names -> List.of());
    }

    @Override
    public Claim lose(Event.Lose event) {
        return claims.ofMessage(event, event.message());
    }

    @Override
    public Claim repeat(Event.Repeat event) {
        return claims.ofMessage(event, event.message());
    }

    @Override
    public Claim resend(Event.Resend event) {
        return claims.ofCommand(event, event.command());
    }

    @Override
    public Claim remind(Event.Remind event) {
        return claims.ofHost(event, event.host());
    }
}
