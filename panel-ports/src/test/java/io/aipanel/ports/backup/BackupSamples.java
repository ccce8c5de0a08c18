package io.aipanel.ports.backup;

import static io.aipanel.ports.jobs.JobSamples.work;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.hosting.HostingSamples;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageReport;
import io.aipanel.ports.storage.StoreName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Storages with something in them to copy. */
final class BackupSamples {

    private BackupSamples() {}

    /** Adds a user who can own sites. */
    static User owner(Storage storage) {
        return storage.iam().addUser(IamSamples.user("anna@example.com", Role.ADMIN));
    }

    /** Adds a site with the event that says so, as one transaction. */
    static void addSite(Storage storage, User owner, String hostName) {
        storage.write(tx -> {
            tx.hosting().addSite(HostingSamples.site(owner, hostName));
            emit(tx, hostName);
            return true;
        });
    }

    /** Emits an event that can be told from others by its target. */
    static void emit(PanelTransaction transaction, String target) {
        transaction.emit(new Effect.Record(new EffectId(UUID.randomUUID()), AuditSamples.event(target)));
    }

    /** Puts something into each store, told apart by a word. */
    static void write(Storage storage, User owner, String word) {
        for (int i = 0; i < 5; i++) {
            addSite(storage, owner, word + i + ".example.com");
        }
        storage.settings().put(new StoredSetting(new SettingName("panel." + word), "of " + word, false, IamSamples.T0));
        storage.audit().append(List.of(AuditSamples.event(word), AuditSamples.event(word)));
        storage.jobs().enqueue(List.of(work(), work(), work()));
    }

    /** How many rows a storage says that its tables have. */
    static Map<StoreName, Map<String, Long>> rows(Storage storage) {
        Map<StoreName, Map<String, Long>> rows = new EnumMap<>(StoreName.class);
        for (StorageReport.StoreReport store : storage.report().stores()) {
            rows.put(store.store(), store.rows());
        }
        return rows;
    }

    /** The targets of all events, the oldest first. */
    static List<String> targets(Storage storage) {
        return AuditSamples.targets(Paging.all(1000, page -> storage.audit().events(AuditFilter.OLDEST, page)));
    }
}
