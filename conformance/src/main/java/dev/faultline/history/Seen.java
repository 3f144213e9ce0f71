package dev.faultline.history;

import java.util.ArrayList;
import java.util.List;

/** The calls on one block of the disks of a family, in the order in which they were called. */
record Seen(History history, Family family, Instants instants, int segment, int block, List<Call> calls) {
    Seen(History history, Family family, Instants instants, int segment, int block) {
        this(history, family, instants, segment, block, new ArrayList<>());
    }

    String name(String disk) {
        return BlockHistory.name(disk, segment, block);
    }

    long[] times() {
        return calls.stream()
                .flatMap(call -> java.util.stream.Stream.of(call.called(), call.ended()))
                .filter(event -> event != History.NEVER)
                .mapToLong(instants::at)
                .sorted()
                .toArray();
    }
}
