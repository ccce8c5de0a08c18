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
import java.util.function.Supplier;

/** Tells how the storage is. Safe for use by many threads. */
public final class Health {

    /** The check of how near the limits are. */
    public static final String CAPACITY = "capacity";

    private static final String OUTBOX = "outbox";
    private static final String BACKUP = "backup";
    private static final int SHOWN_SET_ASIDE = 3;

    private final Storage storage;
    private final Relay relay;
    private final Supplier<Optional<Condition>> backups;
    private final Supplier<Condition> capacity;
    private final long outboxMax;

    /** For {@link io.aipanel.service.Panel}. */
    public Health(
            Storage storage,
            Relay relay,
            Supplier<Optional<Condition>> backups,
            Supplier<Condition> capacity,
            long outboxMax) {
        this.storage = storage;
        this.backups = backups;
        this.capacity = capacity;
        this.relay = relay;
        this.outboxMax = outboxMax;
    }

    /** Looks at every store, at the outbox, whether there is a young backup, and how near the limits are. Never throws. */
    public HealthReport check() {
        List<Check> checks = new ArrayList<>();
        for (StoreHealth store : storage.health()) {
            // Without the audit store changes wait in the outbox, so the panel goes on without it for a while.
            boolean required = store.store() != StoreName.AUDIT;
            String name = store.store().wireName();
            checks.add(store.failure()
                    .map(failure -> Check.unwell(name, required, store.problem().orElseThrow(), Reasons.of(failure)))
                    .orElseGet(() -> Check.well(name, required)));
        }
        try {
            checks.add(outbox(storage.outbox()));
        } catch (StoreException e) {
            checks.add(Check.unwell(OUTBOX, true, String.valueOf(e.getMessage()), Reasons.of(e)));
        }
        attempt(BACKUP, backups).ifPresent(checks::add);
        // A store that does not answer is told already; asking it again would only take time.
        boolean answered = checks.stream()
                .noneMatch(check -> check.required() && check.problem().isPresent());
        if (answered) {
            attempt(CAPACITY, () -> Optional.of(capacity.get())).ifPresent(checks::add);
        }
        return new HealthReport(checks);
    }

    private static Optional<Check> attempt(String name, Supplier<Optional<Condition>> look) {
        try {
            return look.get()
                    .map(condition -> condition
                            .problem()
                            .map(problem -> Check.unwell(name, false, problem, problem))
                            .orElseGet(() -> Check.well(name, false)));
        } catch (StoreException e) {
            return Optional.of(Check.unwell(name, false, String.valueOf(e.getMessage()), Reasons.of(e)));
        }
    }

    /** Where the data is and how much there is. */
    public StorageReport report() {
        return storage.report();
    }

    /**
     * How many effects of changes wait to be moved to where they belong.
     *
     * @throws StoreException if a store does not answer
     */
    public long waiting() {
        return storage.outbox().waiting();
    }

    /** Looks for damage; may take minutes. Empty if nothing is wrong. */
    public List<String> findDamage() {
        return storage.check();
    }

    private Check outbox(OutboxRelay outbox) {
        long waiting = outbox.waiting();
        Optional<StoreException> failure = relay.failure();
        if (waiting >= outboxMax) {
            String told = waiting + " effects wait for delivery, which is as many as may (audit.outbox.max):"
                    + " changes are refused";
            return Check.unwell(
                    OUTBOX,
                    true,
                    told + failure.map(why -> "; " + why.getMessage()).orElse(""),
                    waiting + " effects wait for delivery: changes are refused until their store takes them");
        }
        List<OutboxRelay.SetAside> setAside = outbox.setAside(SHOWN_SET_ASIDE);
        if (!setAside.isEmpty()) {
            String told = "effects were set aside, among them "
                    + setAside.get(0).id() + ": " + setAside.get(0).reason();
            return Check.unwell(OUTBOX, false, told, "effects were refused by their store: run panel doctor");
        }
        if (waiting > 0 && failure.isPresent()) {
            String told = waiting + " effects wait for delivery";
            return Check.unwell(
                    OUTBOX, false, told + ": " + failure.get().getMessage(), told + " to a store that is not well");
        }
        return Check.well(OUTBOX, false);
    }
}
