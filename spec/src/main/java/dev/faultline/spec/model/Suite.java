package dev.faultline.spec.model;

import java.util.Locale;

/** How often a model is worth its time: {@link #QUICK} in every run, {@link #FULL} only in long ones. */
public enum Suite {
    /** The models that are checked each time. */
    QUICK,
    /** All models; those that are in no smaller suite take long. */
    FULL;

    /** Returns whether a run of this suite runs the models of the other, too. */
    public boolean includes(Suite other) {
        return other.compareTo(this) <= 0;
    }

    /** Returns the name as the manifest and the command line have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
