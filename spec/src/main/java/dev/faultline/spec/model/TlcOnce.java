package dev.faultline.spec.model;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.rmi.NoSuchObjectException;
import java.util.function.ToIntFunction;
import tlc2.TLC;
import tlc2.TLCGlobals;
import tlc2.output.EC;
import util.SimpleFilenameToStream;

/**
 * Runs TLC once, without the end of the JVM. TLC keeps a specification, and all that it finds out about it, in static fields;
 * so it is loaded anew for each model, and this class with it.
 */
final class TlcOnce implements ToIntFunction<String[]> {
    private static final int FAILED = 1;

    /**
     * Runs TLC in a class loader of its own, and returns its exit status; 1 if that cannot be done.
     *
     * @param path the TLA+ tools, and this class
     */
    static int isolated(URL[] path, String[] arguments) {
        // Above it is nothing but the JDK, so that it defines TLC and this class itself.
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Constructor<?> again = loader.loadClass(TlcOnce.class.getName()).getDeclaredConstructor();
            again.setAccessible(true);
            @SuppressWarnings("unchecked") // it is this class
            ToIntFunction<String[]> once = (ToIntFunction<String[]>) again.newInstance();
            return once.applyAsInt(arguments);
        } catch (ReflectiveOperationException | IOException | RuntimeException | LinkageError e) {
            e.printStackTrace(System.out);
            return FAILED;
        }
    }

    /** Takes TLC's set of fingerprints, which other processes could use, out of the register that keeps it and all of TLC. */
    private static void unexport() {
        if (TLCGlobals.mainChecker instanceof tlc2.tool.ModelChecker checker && checker.theFPSet != null) {
            try {
                checker.theFPSet.unexportObject(true);
            } catch (NoSuchObjectException e) {
                // Then nothing keeps it.
            }
        }
    }

    /** Runs TLC as its main method does, but for the end of the JVM. Once for each class loader. */
    @Override
    public int applyAsInt(String[] arguments) {
        TLC tlc = new TLC();
        if (!tlc.handleParameters(arguments)) {
            return FAILED;
        }
        // The module's folder is set by its path; all others are found by the library's name.
        tlc.setResolver(new SimpleFilenameToStream());
        try {
            return EC.ExitStatus.errorConstantToExitStatus(tlc.process());
        } finally {
            unexport();
        }
    }
}
