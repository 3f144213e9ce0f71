package dev.faultline.conformance;

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
    private static final int MOST_KEPT = 20_000;

    private final Shapes shapes;
    private final List<String> variables;
    private final List<Map<SpecValue, NamedValue>> known = new ArrayList<>();
    private int kept;

    NamedValues(Shapes shapes, List<String> variables) {
        this.shapes = shapes;
        this.variables = variables;
        variables.forEach(variable -> known.add(new HashMap<>()));
    }

    /** Returns the values of a state, in the order of the variables. */
    NamedValue[] of(SpecState state) {
        if (kept > MOST_KEPT) {
            known.forEach(Map::clear);
            kept = 0;
        }
        NamedValue[] values = new NamedValue[variables.size()];
        for (int i = 0; i < values.length; i++) {
            String variable = variables.get(i);
            SpecValue value = state.get(variable);
            NamedValue named = known.get(i).get(value);
            if (named == null) {
                named = new NamedValue(shapes, variable, value);
                known.get(i).put(value, named);
                kept++;
            }
            values[i] = named;
        }
        return values;
    }
}
