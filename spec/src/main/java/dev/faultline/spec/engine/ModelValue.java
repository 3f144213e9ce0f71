package dev.faultline.spec.engine;

/**
 * The plain Java form of a TLC model value, a constant such as {@code a1} in {@code Agents = {a1, a2}} that equals
 * nothing but itself. Two of the same name are equal, whichever specification they came from. Any thread may use it.
 *
 * @param name the name it has in the configuration
 */
public record ModelValue(String name) {
    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
