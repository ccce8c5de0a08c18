package io.aipanel.service.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the stored files of one archive: whether they are as they were, and the copies that are in them. */
final class Unpacker {

    private final Path directory;
    private final Manifest manifest;
    private final Keyring keyring;
    private Optional<Codec> codec = Optional.empty();

    Unpacker(Path directory, Manifest manifest, Keyring keyring) {
        this.directory = directory;
        this.manifest = manifest;
        this.keyring = keyring;
    }

    /** What is wrong with a file as it is stored; empty if nothing is. Needs no key. */
    Optional<String> objection(ArchivedStore store, CreateProgress progress) {
        StoredFile stored = store.stored();
        Path file = directory.resolve(stored.name());
        try {
            long bytes = Files.size(file);
            if (bytes != stored.bytes()) {
                return Optional.of(stored.name() + " has " + bytes + " bytes; when it was made it had " + stored.bytes()
                        + (bytes < stored.bytes() ? ": its end is missing" : ""));
            }
            progress.told("checking " + stored.name(), 0, bytes);
            return Digests.of(file).equals(stored.sha256()) ? Optional.empty() : Optional.of(changed(stored));
        } catch (NoSuchFileException e) {
            return Optional.of(stored.name() + " is not there");
        } catch (IOException e) {
            return Optional.of(stored.name() + " cannot be read (" + e + ")");
        }
    }

    /**
     * Finds the key, if one is needed.
     *
     * @throws BackupFailed if there is none for this archive; the message says why
     * @throws io.aipanel.domain.InvalidValueException if the file with the key cannot be used
     */
    Codec open() {
        Codec opened = codec.orElseGet(() -> new Codec(
                manifest.name(),
                manifest.packing().compression(),
                manifest.packing().seal().map(keyring::key)));
        codec = Optional.of(opened);
        return opened;
    }

    /**
     * Brings a copy back, synced to the disk.
     *
     * @param file where to; must not be there yet
     * @throws BackupFailed if it is not there, cannot be opened, or is not what was packed; of the file there may be a part then
     */
    void unpack(ArchivedStore store, Path file, CreateProgress progress) throws IOException {
        StoredFile stored = store.stored();
        Codec opened = open();
        String sha256;
        try (OutputStream out = Channels.newOutputStream(Durably.create(file))) {
            sha256 = opened.unpack(
                    directory.resolve(stored.name()),
                    out,
                    done -> progress.told("unpacking " + stored.name(), done, store.bytes()));
        } catch (NoSuchFileException e) {
            throw new BackupFailed(stored.name() + " is not there", e);
        }
        if (!sha256.equals(store.sha256())) {
            throw new BackupFailed(
                    manifest.packing().isPlain()
                            ? changed(stored)
                            : "what is in " + stored.name() + " is not the copy that was made: its SHA-256 is another",
                    null);
        }
        Durably.sync(file);
    }

    private static String changed(StoredFile stored) {
        return stored.name() + " was changed after it was made: its SHA-256 is another";
    }
}
