package dev.faultline.conformance.pictures;

import static dev.faultline.conformance.pictures.Words.at;
import static dev.faultline.conformance.pictures.Words.words;

import dev.faultline.core.Event;
import dev.faultline.spec.picture.SequenceDiagram;
import dev.faultline.spec.picture.SequenceDiagram.Arrow;
import dev.faultline.spec.picture.SequenceDiagram.Mark;
import dev.faultline.spec.picture.SequenceDiagram.Note;
import dev.faultline.spec.picture.SequenceDiagram.Step;
import dev.faultline.trace.TraceEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws events of the code as a sequence diagram: who does what to whom; {@link Words} says it. For one thread at a time. */
public final class EventPicture implements Event.Visitor<Mark> {
    private static final String CONTROLLER = "controller";
    private static final String STORAGE = "storage";

    /** Where the event happened that is drawn. */
    private final String place;

    private EventPicture(String place) {
        this.place = place;
    }

    /** Returns the diagram of events, of which the last is the one that matters. */
    public static SequenceDiagram of(String title, List<Numbered> events, String ending) {
        List<Step> steps = new ArrayList<>();
        for (Numbered numbered : events) {
            TraceEvent event = numbered.event();
            steps.add(new Step(event.event().accept(new EventPicture(event.place()))));
        }
        List<Long> numbers = events.stream().map(Numbered::number).toList();
        return new SequenceDiagram(title, "", lanes(steps), steps, numbers, ending);
    }

    private static List<String> lanes(List<Step> steps) {
        Set<String> used = steps.stream()
                .flatMap(step -> step.marks().stream())
                .flatMap(mark -> mark.lanes().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        // Hosts and agents as they come, what there is one of at the right.
        return Stream.concat(
                        used.stream().filter(lane -> !lane.equals(CONTROLLER) && !lane.equals(STORAGE)),
                        Stream.of(CONTROLLER, STORAGE).filter(used::contains))
                .toList();
    }

    private Mark note(String words) {
        return new Note(place, words);
    }

    private Mark toStorage(String words) {
        return new Arrow(place, STORAGE, words);
    }

    private Mark toHost(String host, String words) {
        return new Arrow(place, host, words);
    }

    private Mark toController(String words) {
        return place.equals(CONTROLLER) ? note(words) : new Arrow(place, CONTROLLER, words);
    }

    @Override
    public Mark read(Event.Read event) {
        return new Arrow(event.host(), event.agent(), "Read " + at(event.disk(), event.segment(), event.block()));
    }

    @Override
    public Mark write(Event.Write event) {
        return new Arrow(
                event.host(),
                event.agent(),
                "Write " + at(event.disk(), event.segment(), event.block()) + " := " + words(event.value()));
    }

    @Override
    public Mark start(Event.Start event) {
        return toStorage("Start of " + event.host() + "'s I/O at location " + event.location());
    }

    @Override
    public Mark retry(Event.Retry event) {
        return toStorage("Retry of " + event.host() + "'s I/O at location " + event.location());
    }

    @Override
    public Mark fault(Event.Fault event) {
        return toController("Fault of " + event.host() + "'s I/O");
    }

    @Override
    public Mark reject(Event.Reject event) {
        return toHost(event.host(), "Reject");
    }

    @Override
    public Mark perform(Event.Perform event) {
        return note("Perform " + event.host() + "'s I/O");
    }

    @Override
    public Mark complete(Event.Complete event) {
        return toHost(event.host(), "Complete: " + words(event.value()));
    }

    @Override
    public Mark applyCommand(Event.ApplyCommand event) {
        return new Arrow(CONTROLLER, place, "ApplyCommand " + words(event.command()));
    }

    @Override
    public Mark answerCommand(Event.AnswerCommand event) {
        return toController("AnswerCommand " + words(event.command()));
    }

    @Override
    public Mark receiveFault(Event.ReceiveFault event) {
        return note("ReceiveFault of " + event.fault().agent() + "; " + words(event.fault()));
    }

    @Override
    public Mark refresh(Event.Refresh event) {
        return note("Refresh for " + event.fault().agent() + "; " + words(event.fault()));
    }

    @Override
    public Mark beginCopy(Event.BeginCopy event) {
        return toStorage("BeginCopy to location " + event.location() + " for "
                + event.fault().agent() + "; " + words(event.fault()));
    }

    @Override
    public Mark copyBlock(Event.CopyBlock event) {
        return toStorage("CopyBlock " + event.segment() + "." + event.block() + ": " + words(event.value()));
    }

    @Override
    public Mark switchEntry(Event.Switch event) {
        return note("Switch segment " + event.segment() + " v" + event.version());
    }

    @Override
    public Mark liftAfterCopy(Event.LiftAfterCopy event) {
        return note("LiftAfterCopy segment " + event.segment() + " v" + event.version());
    }

    @Override
    public Mark liftUnshared(Event.LiftUnshared event) {
        return note("LiftUnshared v" + event.version() + " for " + event.fault().agent() + "; " + words(event.fault()));
    }

    @Override
    public Mark finishJob(Event.FinishJob event) {
        return note("FinishJob on segment " + event.segment());
    }

    @Override
    public Mark inspect(Event.Inspect event) {
        return toController("Inspect what " + event.agent() + " has of " + event.disk());
    }

    @Override
    public Mark receiveAnswer(Event.ReceiveAnswer event) {
        return note("ReceiveAnswer of " + event.answer().command().to() + "; " + words(event.answer()));
    }

    @Override
    public Mark askSnapshot(Event.AskSnapshot event) {
        return toController("AskSnapshot " + event.cut());
    }

    @Override
    public Mark quiesce(Event.Quiesce event) {
        return note("Quiesce for " + event.cut() + " v" + event.version());
    }

    @Override
    public Mark freeze(Event.Freeze event) {
        return note("Freeze for " + event.cut() + " v" + event.version());
    }

    @Override
    public Mark copyTable(Event.CopyTable event) {
        return note("CopyTable " + event.cut() + " v" + event.version());
    }

    @Override
    public Mark activate(Event.Activate event) {
        return note("Activate for " + event.cut() + " v" + event.version());
    }

    @Override
    public Mark answerSnapshot(Event.AnswerSnapshot event) {
        return note("AnswerSnapshot " + event.cut());
    }

    @Override
    public Mark askDeletion(Event.AskDeletion event) {
        return toController("AskDeletion of " + event.disk());
    }

    @Override
    public Mark delete(Event.Delete event) {
        return note("Delete " + event.disk() + " v" + event.version());
    }

    @Override
    public Mark remove(Event.Remove event) {
        return note("Remove " + event.disk());
    }

    @Override
    public Mark open(Event.Open event) {
        return toController("Open " + event.disk());
    }

    @Override
    public Mark receiveOpen(Event.ReceiveOpen event) {
        return note("ReceiveOpen of " + event.opening().agent() + "; " + words(event.opening()));
    }

    @Override
    public Mark receiveOpened(Event.ReceiveOpened event) {
        return new Arrow(CONTROLLER, place, "ReceiveOpened " + words(event.answer()));
    }

    @Override
    public Mark close(Event.Close event) {
        return toController("Close " + event.disk());
    }

    @Override
    public Mark receiveClose(Event.ReceiveClose event) {
        return note("ReceiveClose of " + event.closing().agent() + "; " + words(event.closing()));
    }

    @Override
    public Mark receiveClosed(Event.ReceiveClosed event) {
        return new Arrow(CONTROLLER, place, "ReceiveClosed " + words(event.answer()));
    }

    @Override
    public Mark create(Event.Create event) {
        return toController("Create " + event.disk() + " v" + event.version());
    }

    @Override
    public Mark beginFill(Event.BeginFill event) {
        return toStorage("BeginFill of location " + event.location() + " for "
                + event.fault().agent() + "; " + words(event.fault()));
    }

    @Override
    public Mark offer(Event.Offer event) {
        return toController("Offer of " + event.disk() + "[" + event.segment() + "]");
    }

    @Override
    public Mark forgetOffer(Event.ForgetOffer event) {
        return note("ForgetOffer of " + event.fault().agent() + "; " + words(event.fault()));
    }

    @Override
    public Mark hold(Event.Hold event) {
        return note("Hold v" + event.version() + " for " + event.fault().agent() + "; " + words(event.fault()));
    }

    @Override
    public Mark checkBlock(Event.CheckBlock event) {
        return toStorage("CheckBlock " + event.segment() + "." + event.block() + ": " + words(event.value()));
    }

    @Override
    public Mark vacate(Event.Vacate event) {
        return note("Vacate segment " + event.segment() + " v" + event.version());
    }

    @Override
    public Mark release(Event.Release event) {
        return note("Release segment " + event.segment() + " v" + event.version());
    }

    @Override
    public Mark remindOpening(Event.RemindOpening event) {
        return toController("RemindOpening of " + event.disk());
    }

    @Override
    public Mark refuseWrite(Event.RefuseWrite event) {
        return new Arrow(place, event.fault().agent(), "RefuseWrite: " + words(event.fault()));
    }

    @Override
    public Mark receiveFull(Event.ReceiveFull event) {
        return new Arrow(CONTROLLER, place, "ReceiveFull: " + words(event.full()));
    }

    @Override
    public Mark fail(Event.Fail event) {
        return toHost(event.host(), "Fail");
    }

    @Override
    public Mark flush(Event.Flush event) {
        return new Arrow(event.host(), event.agent(), "Flush " + event.disk());
    }

    @Override
    public Mark flushCopy(Event.FlushCopy event) {
        return toStorage("FlushCopy of segment " + event.segment());
    }

    @Override
    public Mark flushHeld(Event.FlushHeld event) {
        return toStorage("FlushHeld of segment " + event.segment());
    }

    @Override
    public Mark flushDisks(Event.FlushDisks event) {
        return toStorage("FlushDisks for " + event.cut());
    }

    @Override
    public Mark losePower(Event.LosePower event) {
        return note("LosePower"
                + event.fallen().stream()
                        .map(old ->
                                "; " + old.location() + "." + old.block() + " is " + words(old.content()) + " again")
                        .collect(Collectors.joining()));
    }

    @Override
    public Mark reconnect(Event.Reconnect event) {
        return note("Reconnect");
    }

    @Override
    public Mark crashAgent(Event.CrashAgent event) {
        return note("CrashAgent");
    }

    @Override
    public Mark abandon(Event.Abandon event) {
        return note("Abandon");
    }

    @Override
    public Mark refuse(Event.Refuse event) {
        return toHost(event.host(), "Refuse");
    }

    @Override
    public Mark join(Event.Join event) {
        return new Arrow(event.agent(), CONTROLLER, "Join");
    }

    @Override
    public Mark fence(Event.Fence event) {
        return new Arrow(CONTROLLER, STORAGE, "Fence " + event.agent());
    }

    @Override
    public Mark crashController(Event.CrashController event) {
        return note("CrashController");
    }

    @Override
    public Mark recover(Event.Recover event) {
        return note("Recover v" + event.version());
    }

    @Override
    public Mark finishRecovery(Event.FinishRecovery event) {
        return note("FinishRecovery");
    }

    @Override
    public Mark lose(Event.Lose event) {
        return note("Lose " + words(event.message()));
    }

    @Override
    public Mark repeat(Event.Repeat event) {
        return note("Repeat " + words(event.message()));
    }

    @Override
    public Mark resend(Event.Resend event) {
        return note("Resend to " + event.command().to() + " " + words(event.command()));
    }

    @Override
    public Mark remind(Event.Remind event) {
        return toController("Remind of " + event.host() + "'s I/O");
    }
}
