package io.aipanel.app.backup;

import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.ProgressLine;
import io.aipanel.app.cli.Table;
import io.aipanel.app.cli.Text;
import io.aipanel.service.backup.ArchivedStore;
import io.aipanel.service.backup.Backup;
import io.aipanel.service.backup.Check;
import io.aipanel.service.backup.Compression;
import io.aipanel.service.backup.CreateProgress;
import io.aipanel.service.backup.Manifest;
import io.aipanel.service.backup.Packing;
import io.aipanel.service.backup.Seal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How backups are shown: as in the HTTP API, or as tables. */
final class BackupView {

    private BackupView() {}

    static Map<String, @Nullable Object> json(Backup backup) {
        Optional<Manifest> manifest = backup.manifest();
        return JsonDocument.object(
                "name", backup.name().value(),
                "directory", backup.directory().toString(),
                "at", manifest.map(Manifest::at),
                "trigger", manifest.map(known -> known.trigger().wireName()),
                "method", manifest.map(known -> known.method().wireName()),
                "engine", manifest.map(Manifest::engine),
                "panelVersion", manifest.map(Manifest::panelVersion),
                "bytes", manifest.map(Manifest::bytes),
                "storedBytes", manifest.map(Manifest::storedBytes),
                "compression",
                        manifest.map(known -> known.packing().compression().wireName()),
                "encrypted", manifest.map(known -> known.packing().seal().isPresent()),
                "keyId", manifest.flatMap(known -> known.packing().seal()).map(Seal::keyId),
                "events", manifest.map(known -> known.audit().size()),
                "sound", backup.isSound(),
                "stores",
                        manifest.map(known ->
                                known.stores().stream().map(BackupView::json).toList()),
                "verified", backup.verified().map(BackupView::json),
                "restored", backup.restored().map(BackupView::json));
    }

    static Map<String, @Nullable Object> json(Check check) {
        return JsonDocument.object(
                "at", check.at(),
                "restored", check.restored(),
                "took", check.took(),
                "passed", check.passed(),
                "problems", check.problems());
    }

    private static Map<String, @Nullable Object> json(ArchivedStore store) {
        return JsonDocument.object(
                "store", store.store().wireName(),
                "file", store.file(),
                "bytes", store.bytes(),
                "sha256", store.sha256(),
                "schemaVersion", store.schemaVersion(),
                "stored",
                        JsonDocument.object(
                                "file", store.stored().name(),
                                "bytes", store.stored().bytes(),
                                "sha256", store.stored().sha256()));
    }

    static Table table(List<Backup> backups, Instant now) {
        Table table = new Table("NAME", "SIZE", "FORM", "TRIGGER", "STATE", "CHECKED", "LAST RESTORED AND CHECKED");
        for (Backup backup : backups) {
            table.row(
                    backup.name().value(),
                    size(backup),
                    backup.manifest().map(BackupView::form).orElse("-"),
                    backup.manifest().map(known -> known.trigger().wireName()).orElse("-"),
                    state(backup),
                    Text.time(backup.verified().map(Check::at), now),
                    restored(backup, now));
        }
        return table;
    }

    static String size(Backup backup) {
        return backup.manifest().map(known -> Text.size(known.storedBytes())).orElse("-");
    }

    private static String form(Manifest manifest) {
        Packing packing = manifest.packing();
        if (packing.isPlain()) {
            return "plain";
        }
        String compressed = packing.compression() == Compression.NONE
                ? ""
                : packing.compression().wireName();
        return packing.seal().isEmpty() ? compressed : (compressed + " encrypted").strip();
    }

    static CreateProgress progress(ProgressLine line) {
        return (what, done, all) -> line.show(() -> all <= 0 ? what : what + " (" + 100 * done / all + " %)");
    }

    private static String state(Backup backup) {
        if (backup.manifest().isEmpty()) {
            return "unreadable";
        }
        return backup.verified()
                .map(check -> check.passed() ? "sound" : "damaged")
                .orElse("not checked");
    }

    private static String restored(Backup backup, Instant now) {
        return backup.restored()
                .map(check -> Text.time(check.at(), now) + ", " + (check.passed() ? "passed" : "failed") + " in "
                        + check.took().toMillis() + " ms")
                .orElse("-");
    }
}
