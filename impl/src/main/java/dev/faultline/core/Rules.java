package dev.faultline.core;

/** The rules of all parts of a system. */
public record Rules(AgentRules agent, ControllerRules controller, StorageRules storage) {
    /** The rules as they are. */
    public static final Rules ALL = new Rules(AgentRules.ALL, ControllerRules.ALL, StorageRules.ALL);
}
