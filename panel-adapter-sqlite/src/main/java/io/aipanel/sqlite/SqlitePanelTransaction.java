package io.aipanel.sqlite;

import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.capacity.CapacityRepository;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.versions.VersionRepository;
import io.aipanel.sqlite.audit.AuditLane;
import io.aipanel.sqlite.capacity.SqliteCapacityRepository;
import io.aipanel.sqlite.hosting.SqliteHostingRepository;
import io.aipanel.sqlite.iam.SqliteIamRepository;
import io.aipanel.sqlite.jobs.JobLane;
import io.aipanel.sqlite.settings.SqliteSettingsRepository;
import io.aipanel.sqlite.storage.TransactionAccess;
import io.aipanel.sqlite.versions.SqliteVersionRepository;

/** The repositories on the connection of one transaction. */
final class SqlitePanelTransaction implements PanelTransaction {

    private final TransactionAccess access;
    private final Outbox outbox;
    private final AuditLane events;
    private final JobLane jobs;

    SqlitePanelTransaction(TransactionAccess access, Outbox outbox, AuditLane events, JobLane jobs) {
        this.access = access;
        this.outbox = outbox;
        this.events = events;
        this.jobs = jobs;
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
    public CapacityRepository capacity() {
        access.requireUsable();
        return new SqliteCapacityRepository(access);
    }

    @Override
    public void emit(Effect effect) {
        access.write(connection -> {
            outbox.announceOneMore(connection);
            if (effect instanceof Effect.Record event) {
                events.add(connection, event);
            } else if (effect instanceof Effect.Enqueue job) {
                jobs.add(connection, job);
            }
            return effect;
        });
    }
}
