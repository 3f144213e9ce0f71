package dev.faultline.conformance.checking;

import dev.faultline.conformance.checking.Rejection.Origin;
import dev.faultline.conformance.names.Naming;
import dev.faultline.conformance.pictures.Numbered;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.projection.Projection;
import dev.faultline.conformance.slices.Slice;
import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a rejected trace again, to find for each value that the false conjunct reads the last event that set it, wherever
 * that was. Follows the one segment that it is about. For one thread, and one rejection.
 */
final class Origins {
    private final Rejection rejection;
    private final Naming naming;
    private final Projection projection;
    private final Ties ties;
    private final Slice slice;
    private final List<Setting> settings = new ArrayList<>();
    private long number;

    /** What is read, its values in the believed states, and who set them. */
    private static final class Setting {
        private final Denial.Read read;
        private Set<Optional<SpecValue>> values = Set.of();
        private @Nullable Numbered by;

        Setting(Denial.Read read) {
            this.read = read;
        }
    }

    /**
     * Prepares for the first event of the trace.
     *
     * @param untouched a slice of which there is no event yet, of the spec in whose terms the rejection was told
     */
    Origins(LoadedSpec spec, TraceHeader header, Slice untouched, Rejection rejection) {
        this.rejection = rejection;
        naming = new Naming(header, rejection.segment());
        ties = new Ties(header);
        projection = new Projection(spec, header, ties::ioOf, ties::ownerOf);
        slice = untouched.fork();
        rejection.reads().forEach(read -> settings.add(new Setting(read)));
        settings.forEach(setting -> setting.values = values(setting.read));
    }

    /** Takes the next event; returns whether there are more before the rejected one. */
    boolean accept(TraceEvent traced) {
        if (++number >= rejection.number()) {
            return false;
        }
        Claim claim = traced.event().accept(projection);
        int segment = rejection.segment() - claim.firstSegment();
        if (segment >= 0 && segment < claim.segments()) {
            if (slice.step(claim, naming).isPresent()) {
                throw new IllegalStateException("event " + number + " was accepted before, and now is not");
            }
            for (Setting setting : settings) {
                Set<Optional<SpecValue>> now = values(setting.read);
                if (!now.equals(setting.values)) {
                    setting.values = now;
                    setting.by = new Numbered(number, traced);
                }
            }
        }
        ties.note(traced.event());
        return true;
    }

    private Set<Optional<SpecValue>> values(Denial.Read read) {
        return slice.believed().stream()
                .map(state -> state.at(read.variable(), read.path()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the rejection with what was found. */
    Rejection told() {
        return rejection.with(settings.stream()
                .map(setting -> new Origin(setting.read.text(), Optional.ofNullable(setting.by)))
                .toList());
    }
}
