package dev.faultline.spec.model;

/**
 * How often TLC took an action while it explored a model.
 *
 * @param module the module that defines the action
 * @param action its name
 * @param transitions the number of steps that it made, also those to states that were known already
 */
public record ActionCount(String module, String action, long transitions) {}
