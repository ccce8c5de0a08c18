package io.aipanel.service.backup;

/**
 * A file as it lies in an archive: compressed, encrypted, both or neither.
 *
 * @param name its name
 * @param bytes how long it is
 * @param sha256 its SHA-256, in hexadecimal digits: what {@code sha256sum} prints, which needs no key
 */
public record StoredFile(String name, long bytes, String sha256) {}
