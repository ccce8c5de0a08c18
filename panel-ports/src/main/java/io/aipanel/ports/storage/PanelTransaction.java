package io.aipanel.ports.storage;

import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.capacity.CapacityRepository;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.versions.VersionRepository;

/**
 * A transaction on the panel store that is under way. Good only on the thread that runs the work, and only until the
 * work returns; elsewhere and afterwards its methods, and those of its repositories, throw
 * {@link IllegalStateException}.
 */
public interface PanelTransaction {

    /** Users, roles, sessions, API tokens, within the transaction. */
    IamRepository iam();

    /** Sites and their databases, within the transaction. */
    HostingRepository hosting();

    /** Components, within the transaction. */
    VersionRepository versions();

    /** Settings, within the transaction. */
    SettingsRepository settings();

    /** How the storage was loaded, within the transaction. */
    CapacityRepository capacity();

    /**
     * Adds an effect of this transaction. Call it after the change it belongs to, so that effects stand in the order of
     * the changes.
     *
     * @param effect an event or a job; it is delivered exactly once if the transaction is committed, else never
     * @throws OutboxFull if too many effects wait already
     */
    void emit(Effect effect);
}
