package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.SpecLoadException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tla2sany.semantic.ExprNode;
import tla2sany.semantic.ModuleNode;
import tla2sany.semantic.OpDeclNode;
import tlc2.tool.impl.FastTool;
import tlc2.util.FP64;
import tlc2.util.Vect;
import util.ToolIO;
import util.UniqueString;

/** Loads a specification into this class loader's TLC, in silence. */
final class Loading {
    private Loading() {}

    /** What there is once a specification is loaded. */
    record Loaded(FastTool tool, Sources sources) {}

    static Loaded load(Path module, Path config, List<Path> libraries) {
        require(module, ".tla");
        require(config, ".cfg");
        ToolIO.out = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        ToolIO.err = ToolIO.out;
        FP64.Init();
        try (Resolver resolver = new Resolver(module, config, libraries)) {
            Diagnosis diagnosis = new Diagnosis(module, config, resolver);
            FastTool tool = parse(module, config, resolver, diagnosis);
            Sources sources = new Sources(tool.getSpecProcessor().getModuleTbl().getModuleNodes(), resolver);
            checkConstants(tool, diagnosis);
            checkAssumptions(tool, sources);
            return new Loaded(tool, sources);
        }
    }

    private static void require(Path file, String extension) {
        if (!file.toString().endsWith(extension)) {
            throw new SpecLoadException(file + " is not a " + extension + " file", null);
        }
        if (!Files.isRegularFile(file)) {
            throw new SpecLoadException(file + " does not exist", null);
        }
    }

    static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static FastTool parse(Path module, Path config, Resolver resolver, Diagnosis diagnosis) {
        try {
            return new FastTool("", nameOf(module), nameOf(config), resolver);
        } catch (RuntimeException | StackOverflowError e) {
            throw diagnosis.of(e);
        }
    }

    private static void checkConstants(FastTool tool, Diagnosis diagnosis) {
        ModuleNode root = tool.getSpecProcessor().getRootModule();
        Vect<?> assigned = tool.getModelConfig().getConstants();
        for (int i = 0; i < assigned.size(); i++) {
            String name = (String) ((Vect<?>) assigned.elementAt(i)).elementAt(0);
            boolean declared = false;
            for (OpDeclNode constant : root.getConstantDecls()) {
                declared |= constant.getName().toString().equals(name);
            }
            if (!declared && root.getOpDef(UniqueString.uniqueStringOf(name)) == null) {
                throw diagnosis.ofUnknownConstant(name);
            }
        }
    }

    private static void checkAssumptions(FastTool tool, Sources sources) {
        boolean[] axioms = tool.getAssumptionIsAxiom();
        ExprNode[] assumptions = tool.getAssumptions();
        for (int i = 0; i < assumptions.length; i++) {
            try {
                if (!axioms[i] && !tool.isValid(assumptions[i])) {
                    throw new SpecLoadException(at(assumptions[i], sources) + " is false", null);
                }
            } catch (SpecLoadException e) {
                throw e;
            } catch (RuntimeException | StackOverflowError e) {
                throw new SpecLoadException(at(assumptions[i], sources) + " fails: " + Messages.of(e), e);
            }
        }
    }

    private static String at(ExprNode assumption, Sources sources) {
        return sources.place(assumption) + ": the assumption `" + sources.text(assumption) + "`";
    }
}
