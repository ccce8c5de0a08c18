package io.aipanel.sqlite;

import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.versions.VersionRepository;
import io.aipanel.sqlite.hosting.SqliteHostingRepository;
import io.aipanel.sqlite.iam.SqliteIamRepository;
import io.aipanel.sqlite.settings.SqliteSettingsRepository;
import io.aipanel.sqlite.storage.StoreConnection;
import io.aipanel.sqlite.storage.StoreFile;
import io.aipanel.sqlite.storage.TransactionAccess;
import io.aipanel.sqlite.versions.SqliteVersionRepository;

/** The repositories on the connection of one transaction. */
final class SqlitePanelTransaction implements PanelTransaction, AutoCloseable {

    private final TransactionAccess access;
    private final Outbox outbox;

    SqlitePanelTransaction(StoreConnection connection, StoreFile file, Outbox outbox) {
        this.access = new TransactionAccess(connection, file);
        this.outbox = outbox;
    }

    @Override
    public IamRepository iam() {
        access.checkUsable();
        return new SqliteIamRepository(access);
    }

    @Override
    public HostingRepository hosting() {
        access.checkUsable();
        return new SqliteHostingRepository(access);
    }

    @Override
    public VersionRepository versions() {
        access.checkUsable();
        return new SqliteVersionRepository(access);
    }

    @Override
    public SettingsRepository settings() {
        access.checkUsable();
        return new SqliteSettingsRepository(access);
    }

    @Override
    public void emit(Effect effect) {
        access.write(connection -> {
            outbox.add(connection, effect);
            return effect;
        });
    }

    @Override
    public void close() {
        access.close();
    }
}
