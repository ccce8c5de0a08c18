package io.aipanel.service.backup;

import java.util.Optional;

/**
 * How the copies lie in an archive: first compressed, then encrypted.
 *
 * @param compression how they are made smaller
 * @param seal how they are encrypted; empty if they are not
 */
public record Packing(Compression compression, Optional<Seal> seal) {

    /** As the engine made them. */
    public static final Packing PLAIN = new Packing(Compression.NONE, Optional.empty());

    /** Whether they are as the engine made them. */
    public boolean isPlain() {
        return compression == Compression.NONE && seal.isEmpty();
    }

    /** What the file of a copy is called. */
    String fileName(String copy) {
        return copy + compression.suffix() + (seal.isPresent() ? Seal.SUFFIX : "");
    }
}
