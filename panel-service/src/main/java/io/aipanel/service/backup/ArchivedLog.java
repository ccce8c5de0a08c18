package io.aipanel.service.backup;

import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.SignedCheckpoint;
import java.util.Optional;

/**
 * The audit log in an archive.
 *
 * @param size how many events there ever were
 * @param root the root of the tree over them
 * @param checkpoint what was signed just before; empty if the panel had no key
 */
public record ArchivedLog(long size, Hash root, Optional<SignedCheckpoint> checkpoint) {}
