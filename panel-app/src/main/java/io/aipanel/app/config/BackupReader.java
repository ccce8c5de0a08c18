package io.aipanel.app.config;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.service.backup.BackupOptions;
import io.aipanel.service.backup.Compression;
import io.aipanel.service.backup.SecretFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Turns what was given about backups into options. The files that it names are not read. */
final class BackupReader {

    private final Sources sources;
    private final Function<ConfigKey, Optional<Path>> paths;

    /** @param paths reads a key that names a file or a directory */
    BackupReader(Sources sources, Function<ConfigKey, Optional<Path>> paths) {
        this.sources = sources;
        this.paths = paths;
    }

    /**
     * @param usual where backups are kept unless another directory is given
     * @param usualScratch where encrypted ones are made unless another directory is given
     */
    BackupOptions read(Path usual, Path usualScratch) {
        Path directory = paths.apply(ConfigKey.BACKUP_DIRECTORY).orElse(usual);
        BackupOptions options = BackupOptions.in(directory).compressed(compression());
        Optional<SecretFile> secret = secret();
        if (secret.isPresent()) {
            Path scratch = paths.apply(ConfigKey.BACKUP_SCRATCH_DIRECTORY).orElse(usualScratch);
            sources.entry(ConfigKey.BACKUP_SCRATCH_DIRECTORY)
                    .filter(entry -> isWithin(scratch, directory))
                    .ifPresent(entry -> {
                        throw entry.refused("must not lie in backup.directory: it is for what must not get there");
                    });
            options = options.encrypted(secret.get(), scratch);
        }
        Optional<Path> copies = paths.apply(ConfigKey.BACKUP_COPY_DIRECTORY);
        if (copies.isEmpty() || isWithin(copies.get(), directory) && isWithin(directory, copies.get())) {
            // The same when somebody uses the copies as the usual ones, because those are lost.
            return options;
        }
        sources.entry(ConfigKey.BACKUP_COPY_DIRECTORY)
                .filter(entry -> isWithin(copies.get(), directory) || isWithin(directory, copies.get()))
                .ifPresent(entry -> {
                    throw entry.refused("must lie apart from backup.directory, best on another disk");
                });
        return options.copiedTo(copies.get());
    }

    private Compression compression() {
        return sources.entry(ConfigKey.BACKUP_COMPRESSION)
                .map(entry -> {
                    try {
                        return Compression.ofWireName(entry.value());
                    } catch (InvalidValueException e) {
                        throw entry.refused("must be none or zstd");
                    }
                })
                .orElse(Compression.NONE);
    }

    private Optional<SecretFile> secret() {
        Optional<SecretFile> passphrases =
                paths.apply(ConfigKey.BACKUP_PASSPHRASE_FILE).map(SecretFile::passphrases);
        Optional<SecretFile> keys = paths.apply(ConfigKey.BACKUP_KEY_FILE).map(SecretFile::keys);
        if (passphrases.isPresent() && keys.isPresent()) {
            throw sources.entry(ConfigKey.BACKUP_PASSPHRASE_FILE)
                    .orElseThrow()
                    .refused("cannot be given together with backup.encryption.key-file: remove one of them");
        }
        return keys.or(() -> passphrases);
    }

    private static boolean isWithin(Path path, Path directory) {
        return path.toAbsolutePath()
                .normalize()
                .startsWith(directory.toAbsolutePath().normalize());
    }
}
