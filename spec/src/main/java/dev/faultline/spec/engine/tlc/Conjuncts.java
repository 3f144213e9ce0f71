package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.Conjunct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tla2sany.semantic.ASTConstants;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.LabelNode;
import tla2sany.semantic.LetInNode;
import tla2sany.semantic.LevelConstants;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.semantic.SymbolNode;
import tla2sany.st.Location;
import tlc2.tool.BuiltInOPs;
import tlc2.tool.ToolGlobals;

/** Takes a definition apart into its conjuncts, through conjunctions, disjunctions, quantifiers, implications and LET. */
final class Conjuncts {
    private final OpDefNode definition;
    private final Sources sources;
    private final List<Conjunct> found = new ArrayList<>();

    private Conjuncts(OpDefNode definition, Sources sources) {
        this.definition = definition;
        this.sources = sources;
    }

    static List<Conjunct> of(OpDefNode definition, Sources sources) {
        Conjuncts conjuncts = new Conjuncts(definition, sources);
        conjuncts.visit(definition.getBody());
        return conjuncts.found;
    }

    private void visit(SemanticNode node) {
        if (node instanceof LetInNode let) {
            visit(let.getBody());
        } else if (node instanceof LabelNode label) {
            visit(label.getBody());
        } else if (node instanceof OpApplNode application) {
            visitApplication(application);
        }
    }

    private void visitApplication(OpApplNode node) {
        int opcode = BuiltInOPs.getOpCode(node.getOperator().getName());
        ExprOrOpArgNode[] args = node.getArgs();
        switch (opcode) {
            case ToolGlobals.OPCODE_cl, ToolGlobals.OPCODE_land, ToolGlobals.OPCODE_dl, ToolGlobals.OPCODE_lor -> {
                for (ExprOrOpArgNode arg : args) {
                    visit(arg);
                }
            }
            case ToolGlobals.OPCODE_be, ToolGlobals.OPCODE_bf -> visit(args[0]);
            case ToolGlobals.OPCODE_implies -> visit(args[1]);
            default -> add(node, opcode, args);
        }
    }

    private void add(OpApplNode node, int opcode, ExprOrOpArgNode[] args) {
        Optional<String> updated = opcode == ToolGlobals.OPCODE_eq ? primed(args[0]) : Optional.empty();
        Conjunct.Kind kind = updated.isPresent()
                ? Conjunct.Kind.UPDATE
                : node.getLevel() == LevelConstants.ActionLevel ? Conjunct.Kind.STEP : Conjunct.Kind.CONDITION;
        SymbolNode symbol = node.getOperator();
        Location place = node.getLocation();
        found.add(new Conjunct(
                definition.getName().toString(),
                kind,
                updated,
                symbol.getKind() == ASTConstants.UserDefinedOpKind
                        ? Optional.of(symbol.getName().toString())
                        : Optional.empty(),
                sources.text(node),
                place.source(),
                place.beginLine(),
                place.beginColumn(),
                place.endLine(),
                place.endColumn()));
    }

    private static Optional<String> primed(SemanticNode side) {
        return side instanceof OpApplNode prime
                        && BuiltInOPs.getOpCode(prime.getOperator().getName()) == ToolGlobals.OPCODE_prime
                        && prime.getArgs()[0] instanceof OpApplNode variable
                        && variable.getOperator().getKind() == ASTConstants.VariableDeclKind
                ? Optional.of(variable.getOperator().getName().toString())
                : Optional.empty();
    }
}
