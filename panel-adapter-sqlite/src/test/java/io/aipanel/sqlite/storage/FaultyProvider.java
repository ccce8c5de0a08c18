package io.aipanel.sqlite.storage;

import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.backup.CopyWriter;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.backup.RowReceiver;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A sound engine with a fault built in. */
record FaultyProvider(StorageProvider sound, Fault fault) implements StorageProvider {

    @Override
    public String scheme() {
        return sound.scheme();
    }

    @Override
    public Storage open(StorageOptions options) {
        return new FaultyStorage(sound.open(options), fault);
    }

    @Override
    public CopyReport examine(StoreName store, Path file) {
        return fault.examine(sound, store, file);
    }

    @Override
    public Optional<String> whyCopiesStayClosed(StorageOptions options) {
        return sound.whyCopiesStayClosed(options);
    }

    @Override
    public Storage openCopies(Path directory, StorageOptions options) {
        return new FaultyStorage(sound.openCopies(directory, options), fault);
    }

    @Override
    public void readCopies(Path directory, RowReceiver rows) {
        sound.readCopies(directory, rows);
    }

    @Override
    public CopyWriter writeCopies(Path directory, Instant at) {
        return sound.writeCopies(directory, at);
    }

    @Override
    public Restoration beginRestoration(StorageOptions options) {
        return sound.beginRestoration(options);
    }

    @Override
    public List<String> discardReplaced(StorageOptions options) {
        return sound.discardReplaced(options);
    }
}
