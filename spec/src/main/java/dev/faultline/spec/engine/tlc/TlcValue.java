package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.SpecValue;
import org.jspecify.annotations.Nullable;
import tlc2.value.impl.Value;

/** A canonical value of TLC. */
final class TlcValue implements SpecValue {
    final Value value;
    private int hash;

    TlcValue(Value canonical) {
        value = canonical;
    }

    @Override
    public Object toJava() {
        return Values.toJava(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        // To make a hash code costs as much as to compare: what is already known is enough.
        return other instanceof TlcValue that
                && (hash == 0 || that.hash == 0 || hash == that.hash)
                && Values.same(value, that.value);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = value.hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return Text.of(value);
    }
}
