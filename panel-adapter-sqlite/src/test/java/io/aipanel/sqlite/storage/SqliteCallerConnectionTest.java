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

    @Override
    public Optional<Connection> callersConnection(StorageHarness harness) {
        return Optional.empty();
    }
}
