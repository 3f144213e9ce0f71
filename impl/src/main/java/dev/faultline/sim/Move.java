package dev.faultline.sim;

/** Something that can happen next. The same move can be made in any world that offers it. */
@FunctionalInterface
public interface Move {
    /** Lets it happen. */
    Happening in(World world);
}
