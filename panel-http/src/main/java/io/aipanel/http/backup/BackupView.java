package io.aipanel.http.backup;

import io.aipanel.service.backup.ArchivedStore;
import io.aipanel.service.backup.Backup;
import io.aipanel.service.backup.Check;
import io.aipanel.service.backup.Manifest;
import io.aipanel.service.backup.Seal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backup as the outside sees it. Where it is is nobody's business here.
 *
 * @param id its name
 * @param at the instant that it holds; null, as all that the manifest says, if that cannot be read
 * @param bytes how long its copies are together, as the engine made them
 * @param storedBytes how long the files are together that hold them
 * @param compression how they are made smaller: {@code none} or {@code zstd}
 * @param keyId the id of the key that they are encrypted with; null if they are not encrypted
 * @param sound whether its last check has found nothing wrong
 * @param verified the last check; null if it was never checked
 * @param restored the last time that it was restored to try it out; null if it never was
 */
record BackupView(
        String id,
        @Nullable Instant at,
        @Nullable String trigger,
        @Nullable String method,
        @Nullable String engine,
        @Nullable String panelVersion,
        @Nullable Long bytes,
        @Nullable Long storedBytes,
        @Nullable String compression,
        @Nullable String keyId,
        @Nullable Long events,
        boolean sound,
        List<ArchivedStoreView> stores,
        @Nullable BackupCheckView verified,
        @Nullable BackupCheckView restored) {

    static BackupView of(Backup backup) {
        Optional<Manifest> manifest = backup.manifest();
        return new BackupView(
                backup.name().value(),
                manifest.map(Manifest::at).orElse(null),
                manifest.map(known -> known.trigger().wireName()).orElse(null),
                manifest.map(known -> known.method().wireName()).orElse(null),
                manifest.map(Manifest::engine).orElse(null),
                manifest.map(Manifest::panelVersion).orElse(null),
                manifest.map(Manifest::bytes).orElse(null),
                manifest.map(Manifest::storedBytes).orElse(null),
                manifest.map(known -> known.packing().compression().wireName()).orElse(null),
                manifest.flatMap(known -> known.packing().seal())
                        .map(Seal::keyId)
                        .orElse(null),
                manifest.map(known -> known.audit().size()).orElse(null),
                backup.isSound(),
                manifest.stream()
                        .flatMap(known -> known.stores().stream())
                        .map(ArchivedStoreView::of)
                        .toList(),
                backup.verified().map(BackupCheckView::of).orElse(null),
                backup.restored().map(BackupCheckView::of).orElse(null));
    }

    /** The copy of one store. */
    record ArchivedStoreView(String store, String file, long bytes, String sha256, String schemaVersion) {

        static ArchivedStoreView of(ArchivedStore store) {
            return new ArchivedStoreView(
                    store.store().wireName(), store.file(), store.bytes(), store.sha256(), store.schemaVersion());
        }
    }

    /** What came of a check. */
    record BackupCheckView(Instant at, boolean restored, Duration took, boolean passed, List<String> problems) {

        static BackupCheckView of(Check check) {
            return new BackupCheckView(check.at(), check.restored(), check.took(), check.passed(), check.problems());
        }
    }
}
