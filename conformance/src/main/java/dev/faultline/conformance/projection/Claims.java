package dev.faultline.conformance.projection;

import dev.faultline.conformance.names.Naming;
import dev.faultline.core.Content;
import dev.faultline.core.Event;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OfOpening;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.SegmentRange;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes claims: which segments an event is about, and what is said of them. */
final class Claims {
    private final LoadedSpec spec;
    private final int allSegments;
    private final Function<String, ActiveIo> ioOfHost;
    private final Map<String, SpecAction> actions = new HashMap<>();

    Claims(LoadedSpec spec, int allSegments, Function<String, ActiveIo> ioOfHost) {
        this.spec = spec;
        this.allSegments = allSegments;
        this.ioOfHost = ioOfHost;
    }

    private SpecAction action(Event event) {
        return actions.computeIfAbsent(event.action(), spec::action);
    }

    Claim of(Event event, int segment, Function<Naming, List<Object>> arguments) {
        return ofSegments(event, segment, 1, arguments);
    }

    Claim ofHost(Event event, String host) {
        return ofIo(event, ioOfHost.apply(host), names -> List.of(names.host(host)));
    }

    Claim ofHost(Event event, String host, long location) {
        return ofIo(event, ioOfHost.apply(host), names -> List.of(names.host(host), names.location(location)));
    }

    /** Of the I/O of a host, which may be a flush, and then of all segments. */
    Claim ofIo(Event event, ActiveIo io, Function<Naming, List<Object>> arguments) {
        return io.segment() == ActiveIo.ALL_SEGMENTS
                ? ofAllSegments(event, arguments)
                : of(event, io.segment(), arguments);
    }

    Claim ofSegments(Event event, int first, int count, Function<Naming, List<Object>> arguments) {
        return new Claim(action(event), first, count, arguments);
    }

    Claim ofAllSegments(Event event, Function<Naming, List<Object>> arguments) {
        return ofSegments(event, 0, allSegments, arguments);
    }

    Claim ofCommand(Event event, Command command) {
        SegmentRange range = command.range();
        return ofSegments(event, range.first(), range.count(), names -> List.of(names.command(command)));
    }

    Claim ofAnswer(Event event, Answer answer) {
        SegmentRange range = answer.command().range();
        return ofSegments(event, range.first(), range.count(), names -> List.of(names.answer(answer)));
    }

    Claim ofMessage(Event event, Message message) {
        if (message instanceof Command command) {
            return ofCommand(event, command);
        }
        if (message instanceof OfOpening opening) {
            return ofOpening(event, opening);
        }
        if (message instanceof Full full) {
            return ofFull(event, full);
        }
        return message instanceof Answer answer ? ofAnswer(event, answer) : ofFault(event, (MappingFault) message);
    }

    Claim ofFull(Event event, Full full) {
        return of(event, full.segment(), names -> List.of(names.full(full)));
    }

    Claim ofOpening(Event event, OfOpening message) {
        int segments = message instanceof Opened opened ? opened.versions().size() : allSegments;
        return ofSegments(event, 0, segments, names -> List.of(names.opening(message)));
    }

    Claim ofOpening(Event event, String agent, String disk) {
        return ofAllSegments(event, names -> List.of(names.agent(agent), disk));
    }

    Claim ofFault(Event event, MappingFault fault) {
        return of(event, fault.segment(), names -> List.of(names.fault(fault)));
    }

    Claim ofFault(Event event, MappingFault fault, long version) {
        return of(event, fault.segment(), names -> List.of(names.fault(fault), names.version(version)));
    }

    /** Of a fault for which a location is taken into use. */
    Claim ofFaultAt(Event event, MappingFault fault, long location) {
        return of(event, fault.segment(), names -> List.of(names.fault(fault), names.location(location)));
    }

    /** Of a job that has come to this block. */
    Claim ofBlock(Event event, int segment, int block, Content value) {
        return of(
                event, segment, names -> List.of(Projection.SEGMENT, names.block(block), names.content(block, value)));
    }

    Claim ofJob(Event event, int segment) {
        return of(event, segment, names -> List.of(Projection.SEGMENT));
    }

    Claim ofJob(Event event, int segment, long version) {
        return of(event, segment, names -> List.of(Projection.SEGMENT, names.version(version)));
    }

    Claim ofAll(Event event, Object disks) {
        return ofAllSegments(event, names -> List.of(disks));
    }

    Claim ofAll(Event event, Object disks, long version) {
        return ofAllSegments(event, names -> List.of(disks, names.version(version)));
    }
}
