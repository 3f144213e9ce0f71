package dev.faultline.spec.mutants;

import dev.faultline.spec.engine.Conjunct;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what can be taken away: each conjunct of each property, and each guard and update of each action. */
public final class SpecMutants {
    private SpecMutants() {}

    /**
     * Returns all changes, in the order of the definitions.
     *
     * @param models all models; what they check are the properties
     * @param extending some of them, which extend all modules together
     * @param modules the folder of the modules that are changed; what is defined elsewhere is left alone
     */
    public static List<SpecMutant> all(List<Model> models, List<Model> extending, Path modules) {
        Set<Conjunct> conjuncts = new LinkedHashSet<>();
        for (Model model : extending) {
            try (LoadedSpec spec = LoadedSpec.load(model.module(), model.config(), modules)) {
                spec.conjuncts().stream()
                        .filter(conjunct -> Files.exists(modules.resolve(conjunct.module() + ".tla")))
                        // What comes by way of an instance is there under its own name, too.
                        .filter(conjunct -> !conjunct.operator().contains("!"))
                        .forEach(conjuncts::add);
            }
        }
        Set<String> properties =
                models.stream().flatMap(model -> Models.checked(model).stream()).collect(Collectors.toSet());
        Set<String> actions = conjuncts.stream()
                .filter(conjunct -> conjunct.kind() != Conjunct.Kind.CONDITION)
                .map(Conjunct::operator)
                .collect(Collectors.toCollection(HashSet::new));
        actions.removeAll(properties);
        Set<String> rules = conjuncts.stream()
                .filter(conjunct -> actions.contains(conjunct.operator()))
                .filter(conjunct -> conjunct.kind() == Conjunct.Kind.CONDITION)
                .flatMap(conjunct -> conjunct.called().stream())
                .collect(Collectors.toSet());
        List<SpecMutant> mutants = new ArrayList<>();
        Map<String, Integer> same = new HashMap<>();
        for (Conjunct conjunct : conjuncts) {
            boolean ofProperty = properties.contains(conjunct.operator());
            boolean ofStep = actions.contains(conjunct.operator()) || rules.contains(conjunct.operator());
            if ((ofProperty || ofStep)
                    && conjunct.kind() != Conjunct.Kind.STEP
                    && !conjunct.text().equals("TRUE")) {
                int number = same.merge(conjunct.operator() + ": " + conjunct.text(), 1, Integer::sum);
                mutants.add(new SpecMutant(conjunct, ofProperty, number));
            }
        }
        return List.copyOf(mutants);
    }
}
