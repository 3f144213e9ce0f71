package dev.faultline.conformance.verify;

import java.io.IOException;
import java.util.List;

/** A part of the main job. Made for one job, and checked once, on any thread. */
public interface Part {
    /** Returns its headline. */
    String name();

    /** Returns what is checked in it and why, and what its rows mean: a paragraph for people. */
    String reason();

    /**
     * Checks, and tells each row as soon as it is there.
     *
     * @throws IOException if a file that the part needs or makes cannot be read or written
     * @throws InterruptedException if it was told to stop
     */
    void check(Rows rows) throws IOException, InterruptedException;

    /** Takes the rows of a part. */
    interface Rows {
        /** Takes a row. */
        void add(Row row);

        /** Takes a row that has nothing more to say when it is as expected. */
        default void add(String name, boolean ok, String found, List<String> detail) {
            add(new Row(name, ok, found, String.join("\n", detail)));
        }
    }

    /**
     * One thing that was checked.
     *
     * @param name what was checked
     * @param ok whether it came out as expected
     * @param found what came out, in a few words
     * @param detail more to read, above all if it is not as expected; may be empty
     */
    record Row(String name, boolean ok, String found, String detail) {}
}
