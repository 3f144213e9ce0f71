package dev.faultline.conformance.memory;

import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of the variables, taken apart: each once, for most variables do not change in a step. In bounded memory.
 * For the thread of the spec.
 */
final class NamedValues {
    private static final int MOST_KEPT = 50_000;

    private final LoadedSpec spec;
    private final Shapes shapes;
    private final List<Map<SpecValue, NamedValue>> known = new ArrayList<>();
    private int kept;

    NamedValues(LoadedSpec spec, Shapes shapes) {
        this.spec = spec;
        this.shapes = shapes;
        spec.variables().forEach(variable -> known.add(new HashMap<>()));
    }

    /** Returns the values of a state, in the order of the variables. */
    NamedValue[] of(SpecState state) {
        if (kept > MOST_KEPT) {
            known.forEach(Map::clear);
            kept = 0;
        }
        NamedValue[] values = new NamedValue[known.size()];
        for (int i = 0; i < values.length; i++) {
            String variable = spec.variables().get(i);
            SpecValue value = state.get(variable);
            NamedValue named = known.get(i).get(value);
            if (named == null) {
                named = NamedValue.of(spec, shapes, variable, value);
                keep(i, named);
            }
            values[i] = named;
        }
        return values;
    }

    /** Returns a value of a variable under other tokens: those of its names, in their order. */
    NamedValue under(int variable, NamedValue value, Object[] tokens) {
        NamedValue renamed = value.under(spec, tokens, known.get(variable)::get);
        if (!known.get(variable).containsKey(renamed.value())) {
            keep(variable, renamed);
        }
        return renamed;
    }

    private void keep(int variable, NamedValue value) {
        known.get(variable).put(value.value(), value);
        kept++;
    }
}
