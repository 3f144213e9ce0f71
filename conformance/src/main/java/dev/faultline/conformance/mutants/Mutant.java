package dev.faultline.conformance.mutants;

import dev.faultline.core.AgentRules;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Rules;
import dev.faultline.core.StorageRules;
import java.util.List;

/**
 * The code with one rule taken away: the rule's method is overridden, and nothing else. What holds the code against the
 * spec must reject it, at the action and the rule that it names.
 *
 * @param name the mutant's name on the command line
 * @param what what the mutant does wrong
 * @param actions the spec actions at which a trace of it is to be rejected
 * @param operator the named operator of the spec that is false there; empty if only the data that an I/O brings tells
 * @param where in which systems the rule makes a difference
 */
public record Mutant(String name, String what, List<String> actions, String operator, Rules rules, Where where) {
    /** In which systems the rule makes a difference. */
    public enum Where {
        /** In those in which all agents map all disks, and segments have storage. */
        ANYWHERE,
        /** In those whose agents open disks. */
        OPENING,
        /** In those with empty segments. */
        SPACE,
        /** In those whose storage loses power. */
        POWER
    }

    /** Copies the list. */
    public Mutant {
        actions = List.copyOf(actions);
    }

    /** Makes a mutant whose rule makes a difference in systems in which all agents map all disks. */
    public Mutant(String name, String what, List<String> actions, String operator, Rules rules) {
        this(name, what, actions, operator, rules, Where.ANYWHERE);
    }

    /** Returns the agents' rules. */
    public AgentRules agentRules() {
        return rules.agent();
    }

    /** Returns the controller's rules. */
    public ControllerRules controllerRules() {
        return rules.controller();
    }

    /** Returns the code as it is. */
    public static Mutant none() {
        return new Mutant("none", "nothing", List.of(), "", Rules.ALL);
    }

    /** Returns whether nothing may reject it. */
    public boolean isHarmless() {
        return actions.stream().allMatch(String::isEmpty);
    }

    /**
     * Returns whether this is how a trace of the mutant is to be rejected.
     *
     * @param action the action that is refused
     * @param path the operators that lead to what is false there
     */
    public boolean isRejectedAt(String action, List<String> path) {
        return actions.contains(action) && (operator.isEmpty() || path.contains(operator));
    }

    /**
     * Makes a mutant of the agents.
     *
     * @param actions the actions at which it is to be rejected, with commas between
     */
    static Mutant ofAgent(String name, String what, String actions, String operator, AgentRules rules) {
        return of(name, what, actions, operator, new Rules(rules, ControllerRules.ALL, StorageRules.ALL));
    }

    /** Makes a mutant of the controller, as above. */
    static Mutant ofController(String name, String what, String actions, String operator, ControllerRules rules) {
        return of(name, what, actions, operator, new Rules(AgentRules.ALL, rules, StorageRules.ALL));
    }

    /** Makes a mutant of storage, as above. */
    static Mutant ofStorage(String name, String what, String actions, String operator, StorageRules rules) {
        return of(name, what, actions, operator, new Rules(AgentRules.ALL, ControllerRules.ALL, rules));
    }

    private static Mutant of(String name, String what, String actions, String operator, Rules rules) {
        return new Mutant(name, what, List.of(actions.split(", ")), operator, rules);
    }

    /** Returns the mutant of a rule that only makes a difference where agents open disks. */
    Mutant ofOpening() {
        return new Mutant(name, what, actions, operator, rules, Where.OPENING);
    }

    /** Returns the mutant of a rule that only makes a difference where segments are empty. */
    Mutant ofSpace() {
        return new Mutant(name, what, actions, operator, rules, Where.SPACE);
    }
}
