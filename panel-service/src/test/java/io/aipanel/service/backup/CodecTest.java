package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.backup.BackupName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {

    private static final BackupName NAME = new BackupName("20261123T020000Z");
    private static final int SEGMENT = 1 << 20;

    private final SealKey key = SealKey.generate();
    private final byte[] content = new byte[2 * SEGMENT + 12_345];

    @TempDir
    private Path directory;

    private Path copy;

    @BeforeEach
    void writeCopy() throws IOException {
        new Random(42).nextBytes(content);
        copy = Files.write(directory.resolve("panel.db"), content);
    }

    @ParameterizedTest
    @CsvSource({"NONE, false", "ZSTD, false", "NONE, true", "ZSTD, true"})
    void aCopyComesBackAsItWas(Compression compression, boolean sealed) throws IOException {
        Codec codec = new Codec(NAME, compression, sealed ? Optional.of(key) : Optional.empty());

        StoredFile stored = codec.pack(copy, directory.resolve("stored"), done -> {});

        assertThat(stored.sha256()).isEqualTo(Digests.of(directory.resolve("stored")));
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        assertThat(codec.unpack(directory.resolve("stored"), back, done -> {})).isEqualTo(Digests.of(copy));
        assertThat(back.toByteArray()).isEqualTo(content);
    }

    @Test
    void anEmptyCopyComesBack() throws IOException {
        Files.write(copy, new byte[0]);
        Codec codec = new Codec(NAME, Compression.ZSTD, Optional.of(key));

        codec.pack(copy, directory.resolve("stored"), done -> {});

        ByteArrayOutputStream back = new ByteArrayOutputStream();
        codec.unpack(directory.resolve("stored"), back, done -> {});
        assertThat(back.size()).isZero();
    }

    @Test
    void textIsSmallerWhenItIsCompressed() throws IOException {
        Files.writeString(
                copy, "anna@example.com logged in from 192.0.2.1\n".repeat(10_000), StandardCharsets.US_ASCII);

        StoredFile stored =
                new Codec(NAME, Compression.ZSTD, Optional.empty()).pack(copy, directory.resolve("stored"), done -> {});

        assertThat(stored.bytes()).isLessThan(Files.size(copy) / 10);
    }

    /** Where a manifest cannot tell, because somebody has written one that fits. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 39, 40, 100, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, 2 * SEGMENT + 12_345})
    void whatIsEncryptedCannotBeCutOff(int length) throws IOException {
        assertRefused(Arrays.copyOf(sealed(), length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 33, 40, SEGMENT - 1, SEGMENT, 2 * SEGMENT + 10_000})
    void whatIsEncryptedCannotBeChanged(int at) throws IOException {
        byte[] stored = sealed();
        stored[at] ^= 1;

        assertRefused(stored);
    }

    @Test
    void whatIsEncryptedCannotBeReordered() throws IOException {
        byte[] stored = sealed();
        byte[] second = Arrays.copyOfRange(stored, SEGMENT, 2 * SEGMENT);
        byte[] more = Arrays.copyOf(stored, stored.length + SEGMENT);
        System.arraycopy(second, 0, more, 2 * SEGMENT, SEGMENT);
        System.arraycopy(stored, 2 * SEGMENT, more, 3 * SEGMENT, stored.length - 2 * SEGMENT);

        assertRefused(more);
    }

    @Test
    void noFileTakesThePlaceOfAnotherOrOfAnotherArchives() throws IOException {
        Path file = Files.write(directory.resolve("queue.db.sealed"), sealed());
        assertThatThrownBy(() -> codec().unpack(file, OutputStream.nullOutputStream(), done -> {}))
                .isInstanceOf(BackupFailed.class);

        Path same = Files.write(directory.resolve("panel.db.sealed"), Files.readAllBytes(file));
        Codec of = new Codec(new BackupName("20261124T020000Z"), Compression.NONE, Optional.of(key));
        assertThatThrownBy(() -> of.unpack(same, OutputStream.nullOutputStream(), done -> {}))
                .isInstanceOf(BackupFailed.class);
        assertThat(codec().unpack(same, OutputStream.nullOutputStream(), done -> {}))
                .as("under its own name in its own archive")
                .isEqualTo(Digests.of(copy));
    }

    @Test
    void whatIsCompressedAndCutOffIsRefused() throws IOException {
        Codec codec = new Codec(NAME, Compression.ZSTD, Optional.empty());
        Path file = directory.resolve("panel.db.zst");
        codec.pack(copy, file, done -> {});
        byte[] stored = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(stored, stored.length / 2));

        assertThatThrownBy(() -> codec.unpack(file, OutputStream.nullOutputStream(), done -> {}))
                .isInstanceOf(BackupFailed.class)
                .hasMessageStartingWith("panel.db.zst cannot be read");
    }

    private Codec codec() {
        return new Codec(NAME, Compression.NONE, Optional.of(key));
    }

    /** The file panel.db.sealed, which is gone afterwards. */
    private byte[] sealed() throws IOException {
        Path file = directory.resolve("panel.db.sealed");
        codec().pack(copy, file, done -> {});
        byte[] stored = Files.readAllBytes(file);
        Files.delete(file);
        return stored;
    }

    private void assertRefused(byte[] stored) throws IOException {
        Path file = Files.write(directory.resolve("panel.db.sealed"), stored);

        assertThatThrownBy(() -> codec().unpack(file, OutputStream.nullOutputStream(), done -> {}))
                .isInstanceOf(BackupFailed.class)
                .hasMessageStartingWith("panel.db.sealed cannot be decrypted with the key that its manifest names");
    }
}
