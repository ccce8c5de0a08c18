package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestTextTest {

    private static final Stretching STRETCHING = new Stretching(65_536, 3, 1, "000102030405060708090a0b0c0d0e0f");
    private static final String SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void itSaysHowTheCopiesAreStored() {
        Manifest manifest = manifest(
                new Packing(Compression.ZSTD, Optional.of(new Seal("0123456789abcdef", Optional.of(STRETCHING)))),
                new StoredFile("panel.db.zst.sealed", 20, SHA256));

        String text = ManifestText.write(manifest);

        assertThat(ManifestText.read(text)).isEqualTo(manifest);
        assertThat(text)
                .contains("\"format\" : 2")
                .contains("\"method\" : \"checkpoint\"")
                .contains("\"compression\" : \"zstd\"")
                .contains("\"algorithm\" : \"AES256-GCM-HKDF-1MB\"")
                .contains("\"keyId\" : \"0123456789abcdef\"")
                .contains("\"function\" : \"argon2id\"");
    }

    @Test
    void oneOfThePlainFormatIsRead() throws IOException {
        String text;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("manifest-format-1.json"))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        Manifest manifest = ManifestText.read(text);

        assertThat(manifest.packing()).isEqualTo(Packing.PLAIN);
        assertThat(manifest.method()).as("the only one that there was").isEqualTo(BackupMethod.ONLINE);
        ArchivedStore store = manifest.store(StoreName.PANEL).orElseThrow();
        assertThat(store.stored()).isEqualTo(new StoredFile("panel.db", store.bytes(), store.sha256()));
        assertThat(store.rows()).isEqualTo(Map.of("users", 2L));
    }

    @Test
    void whatThisProgramDoesNotKnowIsRefused() {
        String text = ManifestText.write(manifest(
                new Packing(Compression.ZSTD, Optional.of(new Seal("0123456789abcdef", Optional.of(STRETCHING)))),
                new StoredFile("panel.db.zst.sealed", 20, SHA256)));

        assertRefused(text, "\"format\" : 2", "\"format\" : 3", "has the form 3, and this program knows only 1 to 2");
        assertRefused(text, "\"checkpoint\"", "\"magic\"", "method must be online or checkpoint");
        assertRefused(text, "\"zstd\"", "\"lzma\"", "compression must be none or zstd");
        assertRefused(text, "AES256-GCM-HKDF-1MB", "ROT13", "is encrypted with ROT13, and this program knows only");
        assertRefused(text, "argon2id", "md5", "is encrypted with md5, and this program knows only argon2id");
        assertRefused(text, "65536", "2000000000", "stretched in a way that this program refuses");
        assertRefused(text, "panel.db.zst.sealed", "../panel.db", "names a file that cannot be one of an archive");
    }

    private static Manifest manifest(Packing packing, StoredFile stored) {
        return new Manifest(
                new BackupName("20261123T020000Z"),
                "1.2.3",
                "sqlite",
                Instant.parse("2026-11-23T02:00:00Z"),
                BackupTrigger.SCHEDULED,
                BackupMethod.CHECKPOINT,
                packing,
                List.of(new ArchivedStore(
                        StoreName.PANEL, "panel.db", 100, SHA256, 1, "panel-0001", Map.of("users", 1L), stored)),
                new ArchivedLog(0, Hash.ofNothing(), Optional.empty()));
    }

    /** With a digest that fits, so that only the change itself is refused. */
    private static void assertRefused(String text, String part, String by, String message) {
        String head = text.substring(0, text.indexOf("  \"digest\"")).replace(part, by);
        String changed = head + "  \"digest\" : \"" + Digests.of(head) + "\"\n}\n";

        assertThatThrownBy(() -> ManifestText.read(changed))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(message);
    }
}
