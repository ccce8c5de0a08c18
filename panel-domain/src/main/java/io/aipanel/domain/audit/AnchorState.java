package io.aipanel.domain.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * How well checkpoints get to a place outside.
 *
 * @param name which place, as it is configured: a file or the address of a server without its secrets, 1 to 512 bytes in
 *     UTF-8
 * @param size the size of the newest checkpoint that got there; 0 for none
 * @param at when that was; empty for never
 * @param failedAt since when it fails; empty if the last try succeeded
 * @param failure why, 0 to 1 000 bytes in UTF-8
 */
public record AnchorState(String name, long size, Optional<Instant> at, Optional<Instant> failedAt, String failure) {}
