package dev.faultline.conformance.memory;

import dev.faultline.core.Cut;
import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Closed;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.trace.TraceFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The records among the arguments of steps, as text: as they are written in traces. */
final class Arguments {
    /** The type of an argument that is no record. */
    static final byte PLAIN = -1;

    private static final List<Class<? extends Record>> TYPES = List.of(
            MappingFault.class,
            SetEntry.class,
            SetEntryState.class,
            QuiesceDisk.class,
            ActivateDisk.class,
            GetEntry.class,
            Answer.class,
            Cut.class,
            OpenDisk.class,
            Opened.class,
            CloseDisk.class,
            Closed.class);

    private Arguments() {}

    /** Returns the number of an argument's type; {@link #PLAIN} for a record that is not known, too. */
    static byte type(Object argument) {
        return argument instanceof Record record ? (byte) TYPES.indexOf(record.getClass()) : PLAIN;
    }

    static String text(Object record) {
        return TraceFormat.writeRecord((Record) record);
    }

    /**
     * Makes the record of a type again.
     *
     * @throws RuntimeException if there is no such type, or this is no such record
     */
    static Object record(int type, String text) {
        return TraceFormat.readRecord(TYPES.get(type), text.getBytes(StandardCharsets.UTF_8));
    }
}
