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
import java.util.function.Function;

/** The repositories on the connection of one transaction. */
final class SqlitePanelTransaction implements PanelTransaction {

    private final TransactionAccess access;
    private final Outbox outbox;

    SqlitePanelTransaction(StoreConnection connection, StoreFile file, Outbox outbox) {
        this.access = new TransactionAccess(connection, file);
        this.outbox = outbox;
    }

    @Override
    public IamRepository iam() {
        access.requireUsable();
        return new SqliteIamRepository(access);
    }

    @Override
    public HostingRepository hosting() {
        access.requireUsable();
        return new SqliteHostingRepository(access);
    }

    @Override
    public VersionRepository versions() {
        access.requireUsable();
        return new SqliteVersionRepository(access);
    }

    @Override
    public SettingsRepository settings() {
        access.requireUsable();
        return new SqliteSettingsRepository(access);
    }

    @Override
    public void emit(Effect effect) {
        access.write(connection -> {
            outbox.add(connection, effect);
            return effect;
        });
    }

    /**
     * Does the work of the transaction.
     *
     * @throws io.aipanel.ports.storage.StoreException that a call has thrown before, even if the work has caught it
     */
    <T> T run(Function<? super PanelTransaction, ? extends T> work) {
        try {
            T answer = work.apply(this);
            access.requireWhole();
            return answer;
        } finally {
            access.end();
        }
    }
}
