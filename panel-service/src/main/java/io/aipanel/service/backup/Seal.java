package io.aipanel.service.backup;

import java.util.Optional;

/**
 * How the copies in an archive are encrypted; nothing in it is secret.
 *
 * @param keyId which key opens them, 16 hexadecimal digits; it tells nothing else of the key
 * @param passphrase how that key is made of a passphrase; empty if it is that of a key file
 */
public record Seal(String keyId, Optional<Stretching> passphrase) {

    /** Tink's name for it: AES-256-GCM in segments of 1 MiB, each file with a key of its own made with HKDF-SHA-256. */
    static final String ALGORITHM = "AES256-GCM-HKDF-1MB";

    /** What the names of files have at their end. */
    static final String SUFFIX = ".sealed";
}
