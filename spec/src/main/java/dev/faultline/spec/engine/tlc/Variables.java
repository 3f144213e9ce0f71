package dev.faultline.spec.engine.tlc;

import static java.util.Comparator.comparing;

import dev.faultline.spec.engine.SpecState;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import tla2sany.semantic.OpDeclNode;
import tlc2.tool.TLCState;
import util.UniqueString;

/** The variables of the specification in the order of declaration, which is that of TLC's states. */
final class Variables {
    private final UniqueString[] ids;
    private final List<String> names;

    Variables(OpDeclNode[] declared) {
        ids = Arrays.stream(declared)
                .sorted(comparing(OpDeclNode::getLocation))
                .map(OpDeclNode::getName)
                .toArray(UniqueString[]::new);
        names = Arrays.stream(ids).map(UniqueString::toString).toList();
    }

    int count() {
        return ids.length;
    }

    List<String> names() {
        return names;
    }

    UniqueString id(int variable) {
        return ids[variable];
    }

    int index(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new NoSuchElementException("no variable " + name + "; there are " + String.join(", ", names));
        }
        return index;
    }

    TlcState own(SpecState state) {
        if (state instanceof TlcState ours) {
            return ours;
        }
        throw new IllegalArgumentException("the state belongs to another specification");
    }

    /** Returns the names of the variables without a value. */
    List<String> missing(TLCState state) {
        return names.stream()
                .filter(name -> state.lookup(ids[names.indexOf(name)]) == null)
                .toList();
    }
}
