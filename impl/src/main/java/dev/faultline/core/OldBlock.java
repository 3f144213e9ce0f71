package dev.faultline.core;

/**
 * What a block may hold instead when storage loses power, for what was written there since is not durable. Spec: an element of
 * {@code older}.
 *
 * @param location where the block is
 * @param block the block, from 0
 * @param content what it held before
 */
public record OldBlock(long location, int block, Content content) {}
