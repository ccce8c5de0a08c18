package io.aipanel.service.backup;

import io.aipanel.domain.backup.BackupName;
import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Puts copies into an archive: as they are, compressed, encrypted or both. For one archive. */
final class Packer {

    private final Packing packing;
    private final Optional<SealKey> key;

    /**
     * @param compression how they are made smaller
     * @param opened what encrypts them; empty if nothing does
     */
    Packer(Compression compression, Optional<Keyring.Opened> opened) {
        this.packing = new Packing(compression, opened.map(Keyring.Opened::seal));
        this.key = opened.map(Keyring.Opened::key);
    }

    Packing packing() {
        return packing;
    }

    /** Whether the copies are encrypted. */
    boolean isSealing() {
        return key.isPresent();
    }

    /**
     * How much room they need in the archive besides that for the copies themselves, about. Tables compress to less than half,
     * as a rule; where that is too little the disk is full, and nothing is left of the archive.
     */
    long share(long copies) {
        if (packing.isPlain()) {
            return 0;
        }
        return packing.compression() == Compression.NONE ? copies : copies / 2;
    }

    /**
     * Puts a copy in, and looks whether it can be brought back; then the copy is removed, unless it is in the archive already.
     *
     * @param archive the archive's name
     * @param copy the copy as its engine made it
     */
    ArchivedStore pack(
            BackupName archive,
            StoreName store,
            Path copy,
            CopyReport report,
            Archive unfinished,
            CreateProgress progress)
            throws IOException {
        String name = copy.getFileName().toString();
        long bytes = Files.size(copy);
        String sha256 = Digests.of(copy);
        StoredFile stored = new StoredFile(name, bytes, sha256);
        if (!packing.isPlain()) {
            Codec codec = new Codec(archive, packing.compression(), key);
            Path file = unfinished.directory().resolve(packing.fileName(name));
            stored = codec.pack(copy, file, done -> progress.told("packing " + name, done, bytes));
            String back = codec.unpack(
                    file,
                    OutputStream.nullOutputStream(),
                    done -> progress.told("checking " + file.getFileName(), done, bytes));
            if (!back.equals(sha256)) {
                throw new BackupFailed(
                        stored.name() + " does not hold what was put into it: check this machine's memory and disk",
                        null);
            }
            Files.delete(copy);
        }
        return new ArchivedStore(
                store, name, bytes, sha256, report.pages(), report.schemaVersion(), report.rows(), stored);
    }
}
