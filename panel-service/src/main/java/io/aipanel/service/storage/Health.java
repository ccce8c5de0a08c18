package io.aipanel.service.storage;

import io.aipanel.ports.storage.OutboxRelay;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageReport;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreHealth;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.service.storage.HealthReport.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells how the storage is. Safe for use by many threads. */
public final class Health {

    private static final int SHOWN_SET_ASIDE = 3;

    private final Storage storage;
    private final long outboxMax;

    /** For {@link io.aipanel.service.Panel}. */
    public Health(Storage storage, long outboxMax) {
        this.storage = storage;
        this.outboxMax = outboxMax;
    }

    /** Looks at every store and at the outbox. Never throws. */
    public HealthReport check() {
        List<Check> checks = new ArrayList<>();
        for (StoreHealth store : storage.health()) {
            // Without the audit store changes wait in the outbox, so the panel goes on without it for a while.
            checks.add(new Check(store.store().wireName(), store.store() != StoreName.AUDIT, store.problem()));
        }
        try {
            checks.add(outbox(storage.outbox()));
        } catch (StoreException e) {
            checks.add(new Check("outbox", true, Optional.of(e.getMessage())));
        }
        return new HealthReport(checks);
    }

    /** Where the data is and how much there is. */
    public StorageReport report() {
        return storage.report();
    }

    /** Looks for damage; may take minutes. Empty if nothing is wrong. */
    public List<String> findDamage() {
        return storage.check();
    }

    private Check outbox(OutboxRelay outbox) {
        long waiting = outbox.waiting();
        if (waiting >= outboxMax) {
            return new Check("outbox", true, Optional.of(waiting + " effects wait for delivery: changes are refused"));
        }
        List<OutboxRelay.SetAside> setAside = outbox.setAside(SHOWN_SET_ASIDE);
        if (!setAside.isEmpty()) {
            String told = "effects were set aside, among them "
                    + setAside.get(0).id() + ": " + setAside.get(0).reason();
            return new Check("outbox", false, Optional.of(told));
        }
        return new Check("outbox", false, Optional.empty());
    }
}
