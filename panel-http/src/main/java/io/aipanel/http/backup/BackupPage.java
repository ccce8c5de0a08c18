package io.aipanel.http.backup;

import io.aipanel.domain.iam.Permission;
import io.aipanel.http.pages.Sizes;
import io.aipanel.service.backup.Backup;
import io.aipanel.service.backup.Check;
import io.aipanel.service.backup.Manifest;
import io.aipanel.service.iam.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What pages show of a backup.
 *
 * @param name what it is called
 * @param contents what its manifest says; empty if that cannot be read
 * @param directory where it is; empty for whoever may not see where data is kept
 * @param verified the last check; empty if it was never checked
 * @param restored the last time that it was restored to try it out; empty if it never was
 */
record BackupPage(
        String name,
        Optional<Contents> contents,
        Optional<String> directory,
        Optional<Check> verified,
        Optional<Check> restored) {

    /**
     * What a manifest says.
     *
     * @param size how long its files are together, in words
     * @param unpacked how long the copies in them are, in words
     * @param events how many events its audit log has
     * @param keyId the id of the key that it is encrypted with; empty if it is not encrypted
     */
    record Contents(
            Instant at,
            String trigger,
            String method,
            String engine,
            String panelVersion,
            String size,
            String unpacked,
            String compression,
            Optional<String> keyId,
            long events,
            List<StoredCopy> copies) {}

    /** The copy of one store. */
    record StoredCopy(String store, String file, String size, String schemaVersion, String sha256) {}

    static BackupPage of(Backup backup, Actor actor) {
        return new BackupPage(
                backup.name().value(),
                backup.manifest().map(BackupPage::contents),
                Optional.of(backup.directory().toString()).filter(path -> actor.may(Permission.STORAGE_READ)),
                backup.verified(),
                backup.restored());
    }

    private static Contents contents(Manifest manifest) {
        return new Contents(
                manifest.at(),
                manifest.trigger().wireName(),
                manifest.method().wireName(),
                manifest.engine(),
                manifest.panelVersion(),
                Sizes.of(manifest.storedBytes()),
                Sizes.of(manifest.bytes()),
                manifest.packing().compression().wireName(),
                manifest.packing().seal().map(seal -> seal.keyId()),
                manifest.audit().size(),
                manifest.stores().stream()
                        .map(store -> new StoredCopy(
                                store.store().wireName(),
                                store.file(),
                                Sizes.of(store.bytes()),
                                store.schemaVersion(),
                                store.sha256()))
                        .toList());
    }

    /** Where its page is. */
    String path() {
        return "/backups/" + name;
    }

    /** What was wrong when it was checked last; empty if nothing was. */
    List<String> problems() {
        return verified.map(Check::problems).orElse(List.of());
    }
}
