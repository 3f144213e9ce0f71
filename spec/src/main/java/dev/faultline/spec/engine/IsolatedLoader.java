package dev.faultline.spec.engine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of one loaded specification: it defines TLC, from the tools' jar, and the bridge to it anew, because
 * TLC keeps a specification in static fields; everything else comes from the parent.
 */
final class IsolatedLoader extends URLClassLoader {
    private static final String OURS = "dev.faultline.";
    private static final String BRIDGE = OURS + "spec.engine.tlc.";
    private static final String JAR_PROPERTY = "faultline.tlatools";

    static {
        registerAsParallelCapable();
    }

    private IsolatedLoader(URL tlatools) {
        super(new URL[] {tlatools}, LoadedSpec.class.getClassLoader());
    }

    static LoadedSpec load(Path module, Path config, List<Path> libraries) {
        IsolatedLoader loader = new IsolatedLoader(tlatools());
        try {
            if (loader.loadClass("tlc2.TLC").getClassLoader() != loader) { // an unreadable jar is no error to the JDK
                throw unusable(loader.getURLs()[0], new ClassNotFoundException("tlc2.TLC"));
            }
            return loader.loadClass(BRIDGE + "TlcSpec")
                    .asSubclass(LoadedSpec.class)
                    .getConstructor(Path.class, Path.class, List.class)
                    .newInstance(module, config, libraries);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SpecLoadException known) {
                throw known;
            }
            throw unusable(loader.getURLs()[0], e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw unusable(loader.getURLs()[0], e);
        }
    }

    private static SpecLoadException unusable(URL tlatools, Throwable cause) {
        return new SpecLoadException("the TLA+ tools in " + tlatools + " cannot be used: " + cause, cause);
    }

    private static URL tlatools() {
        String named = System.getProperty(JAR_PROPERTY);
        if (named == null) {
            CodeSource source = tlc2.TLC.class.getProtectionDomain().getCodeSource();
            if (source == null) {
                throw new SpecLoadException(
                        "the jar of the TLA+ tools is not known; name it with -D" + JAR_PROPERTY, null);
            }
            return source.getLocation();
        }
        Path jar = Path.of(named);
        if (!Files.isRegularFile(jar)) {
            throw new SpecLoadException(JAR_PROPERTY + " names " + jar + ", which is not a file", null);
        }
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new SpecLoadException(JAR_PROPERTY + " names " + jar + ", which cannot be read", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = name.startsWith(BRIDGE) ? defineBridge(name) : findInTools(name);
            }
            return loaded == null ? super.loadClass(name, resolve) : loaded;
        }
    }

    private @Nullable Class<?> findInTools(String name) {
        if (name.startsWith("java.") || name.startsWith(OURS)) {
            return null;
        }
        try {
            return findClass(name);
        } catch (ClassNotFoundException notInTheJar) {
            return null;
        }
    }

    private Class<?> defineBridge(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length, LoadedSpec.class.getProtectionDomain());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL inTools = findResource(name);
        return inTools == null ? super.getResource(name) : inTools;
    }
}
