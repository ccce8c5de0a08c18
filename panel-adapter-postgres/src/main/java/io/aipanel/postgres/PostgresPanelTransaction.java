package io.aipanel.postgres;

import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.capacity.CapacityRepository;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.versions.VersionRepository;
import io.aipanel.postgres.capacity.PostgresCapacityRepository;
import io.aipanel.postgres.hosting.PostgresHostingRepository;
import io.aipanel.postgres.iam.PostgresIamRepository;
import io.aipanel.postgres.settings.PostgresSettingsRepository;
import io.aipanel.postgres.storage.OpenTransaction;
import io.aipanel.postgres.versions.PostgresVersionRepository;

/** {@link PanelTransaction}: the panel store's repositories on one transaction, and the outbox beside them. */
final class PostgresPanelTransaction implements PanelTransaction {

    private final OpenTransaction transaction;
    private final Outbox outbox;
    private long room;
    private boolean emitted;

    PostgresPanelTransaction(OpenTransaction transaction, Outbox outbox) {
        this.transaction = transaction;
        this.outbox = outbox;
    }

    @Override
    public IamRepository iam() {
        transaction.refuseIfNotMine();
        return new PostgresIamRepository(transaction);
    }

    @Override
    public HostingRepository hosting() {
        transaction.refuseIfNotMine();
        return new PostgresHostingRepository(transaction);
    }

    @Override
    public VersionRepository versions() {
        transaction.refuseIfNotMine();
        return new PostgresVersionRepository(transaction);
    }

    @Override
    public SettingsRepository settings() {
        transaction.refuseIfNotMine();
        return new PostgresSettingsRepository(transaction);
    }

    @Override
    public CapacityRepository capacity() {
        transaction.refuseIfNotMine();
        return new PostgresCapacityRepository(transaction);
    }

    @Override
    public void emit(Effect effect) {
        transaction.change(handle -> {
            if (room == 0) {
                room = outbox.room(handle);
            }
            if (room == 0) {
                throw outbox.full();
            }
            outbox.add(handle, effect);
            room--;
            emitted = true;
            return effect;
        });
    }

    /** Whether effects wait for the relay once this is committed. */
    boolean hasEmitted() {
        return emitted;
    }
}
