package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.CallerConnectionContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;
import java.sql.Connection;
import java.util.Optional;

final class SqliteCallerConnectionTest implements CallerConnectionContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }

    /** The queue's file has a writer of its own: there is no server whose transactions a caller could share. */
    @Override
    public Optional<Connection> callersConnection(StorageHarness harness) {
        return Optional.empty();
    }
}
