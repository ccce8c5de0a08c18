package io.aipanel.service.backup;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.aipanel.domain.backup.BackupName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Compresses and encrypts the copies of one archive, and brings them back. What is encrypted is bound to the name of the
 * archive and of the file, so that no file can take the place of another.
 */
final class Codec {

    private static final int LEVEL = 3;
    private static final int BUFFER = 1 << 16;

    private final BackupName archive;
    private final Compression compression;
    private final Optional<SealKey> key;

    /**
     * @param key what encrypts and decrypts; empty if nothing is encrypted
     * @throws io.aipanel.domain.InvalidValueException ({@code backup.compression}) if this machine cannot compress in that way
     */
    Codec(BackupName archive, Compression compression, Optional<SealKey> key) {
        this.archive = archive;
        this.compression = compression;
        this.key = key;
        compression.requireUsable();
    }

    /**
     * Brings a copy into the form in which it is stored, synced to the disk.
     *
     * @param copy the copy as its engine made it
     * @param file where to; must not be there yet
     * @param progress hears how much of the copy is done, in bytes
     */
    StoredFile pack(Path copy, Path file, LongConsumer progress) throws IOException {
        String name = file.getFileName().toString();
        MessageDigest digest = Digests.sha256();
        try (InputStream in = Files.newInputStream(copy);
                FileChannel channel = Durably.create(file);
                OutputStream out = packing(new DigestOutputStream(Channels.newOutputStream(channel), digest), name)) {
            byte[] buffer = new byte[BUFFER];
            long done = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                done += read;
                progress.accept(done);
            }
        }
        Durably.sync(file);
        return new StoredFile(name, Files.size(file), Digests.text(digest));
    }

    /**
     * Brings a copy back.
     *
     * @param file the file as it is stored
     * @param out where to; is not closed
     * @param progress hears how much of the copy is done, in bytes
     * @return the copy's SHA-256
     * @throws BackupFailed if the file cannot be read, decrypted or decompressed
     * @throws IOException if the copy cannot be written
     */
    String unpack(Path file, OutputStream out, LongConsumer progress) throws IOException {
        String name = file.getFileName().toString();
        MessageDigest digest = Digests.sha256();
        try (InputStream in = unpacking(Files.newInputStream(file), name)) {
            byte[] buffer = new byte[BUFFER];
            long done = 0;
            for (int read = read(in, buffer, name); read >= 0; read = read(in, buffer, name)) {
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
                done += read;
                progress.accept(done);
            }
        }
        return Digests.text(digest);
    }

    private OutputStream packing(OutputStream file, String name) throws IOException {
        try {
            OutputStream out = key.isPresent() ? key.get().aead().newEncryptingStream(file, binding(name)) : file;
            return compression == Compression.ZSTD ? new ZstdOutputStream(out, LEVEL).setChecksum(true) : out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES with GCM", e);
        }
    }

    private InputStream unpacking(InputStream file, String name) throws IOException {
        try {
            InputStream in = key.isPresent() ? key.get().aead().newDecryptingStream(file, binding(name)) : file;
            return compression == Compression.ZSTD ? new ZstdInputStream(in) : in;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES with GCM", e);
        }
    }

    /** A failure of the source is told apart from one of the target, which is the disk's. */
    private int read(InputStream in, byte[] buffer, String name) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new BackupFailed(
                    key.isPresent()
                            ? name + " cannot be decrypted with the key that its manifest names (" + e.getMessage()
                                    + "): it is not the file that was made with this manifest"
                            : name + " cannot be read (" + e + ")",
                    e);
        }
    }

    private byte[] binding(String name) {
        return ("io.aipanel.backup\n" + archive + "\n" + name).getBytes(StandardCharsets.UTF_8);
    }
}
