package io.aipanel.service.backup;

import io.aipanel.domain.backup.BackupName;
import io.aipanel.ports.storage.StorageProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The copies in an archive, as the engine that the panel is on wants them, for as long as somebody does something with them. */
final class BroughtBack {

    private static final String AS_MADE = "as-made";
    private static final String AS_WANTED = "as-wanted";

    private final Engines engines;
    private final Scratch scratch;

    BroughtBack(Engines engines, Scratch scratch) {
        this.engines = engines;
        this.scratch = scratch;
    }

    /**
     * Brings copies back, and refuses an archive that is not as it was made. Only within {@link ArchiveDirectory#exclusively}.
     *
     * @param name what the archive is called
     * @param staging where the copies should be, an empty directory; empty if it does not matter
     * @param work what is done with them; they may be changed
     * @throws BackupFailed if it is not as it was made, cannot be opened, or is of an engine that is not there
     */
    <T> T use(
            ArchiveDirectory archives,
            Archive archive,
            BackupName name,
            Optional<Path> staging,
            CreateProgress progress,
            Work<T> work)
            throws IOException {
        String engine = archive.readableManifest()
                .map(Manifest::engine)
                .orElse(engines.own().scheme());
        StorageProvider maker = engines.of(engine).orElseThrow(() -> refused(name, List.of(Engines.missing(engine))));
        if (engines.isOwn(engine)) {
            Scratch.Work<T> own = copies -> {
                requireAsMade(archive, name, maker, copies, progress);
                return work.run(archive.manifest(), copies);
            };
            return staging.isPresent() ? own.run(staging.get()) : scratch.use(archives, archive.isSealed(), own);
        }
        return scratch.use(archives, archive.isSealed(), place -> {
            Path made = place.resolve(AS_MADE);
            Path copies = staging.orElseGet(() -> place.resolve(AS_WANTED));
            Durably.directory(made);
            Durably.directory(copies);
            requireAsMade(archive, name, maker, made, progress);
            convert(archive.manifest(), maker, made, copies, progress);
            Durably.remove(made);
            return work.run(archive.manifest(), copies);
        });
    }

    private static void requireAsMade(
            Archive archive, BackupName name, StorageProvider maker, Path copies, CreateProgress progress)
            throws IOException {
        List<String> problems = ArchiveCheck.problems(archive, maker, Optional.of(copies), progress);
        if (!problems.isEmpty()) {
            throw refused(name, problems);
        }
    }

    private void convert(Manifest manifest, StorageProvider maker, Path made, Path copies, CreateProgress progress)
            throws IOException {
        try {
            new Conversion(maker, engines.own()).run(manifest, made, copies, progress);
        } catch (BackupFailed e) {
            throw refused(manifest.name(), List.of(String.valueOf(e.getMessage())));
        }
    }

    private static BackupFailed refused(BackupName name, List<String> problems) {
        return new BackupFailed(name + " is not restored: " + String.join("; ", problems), null);
    }

    /** What is done with the copies. */
    @FunctionalInterface
    interface Work<T> {

        /**
         * @param manifest what the archive holds
         * @param copies where the copies are, under the names that the panel's engine gives to them
         */
        T run(Manifest manifest, Path copies) throws IOException;
    }
}
