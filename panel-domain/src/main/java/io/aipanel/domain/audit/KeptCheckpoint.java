package io.aipanel.domain.audit;

import java.time.Instant;

/**
 * A checkpoint that the store keeps.
 *
 * @param at when it was made
 * @param checkpoint what was made
 */
public record KeptCheckpoint(Instant at, SignedCheckpoint checkpoint) {}
