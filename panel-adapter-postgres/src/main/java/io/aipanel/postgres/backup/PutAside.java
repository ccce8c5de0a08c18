package io.aipanel.postgres.backup;

import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.storage.LongTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The schemas that are replaced: they get other names, and stay until somebody has them removed. */
public final class PutAside {

    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern(
                    "'_before_'uuuuMMdd't'HHmmssSSS'z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String PATTERN = "^(panel|audit|queue)_before_[0-9]{8}t[0-9]{9}z$";

    private static final String REPLACED =
            "SELECT nspname FROM pg_namespace WHERE nspname ~ ? ORDER BY substr(nspname, 6), nspname";

    /**
     * LOCK TABLE would need rights that the owner of a log has taken from itself. This needs none but being the owner, takes
     * the same lock, and changes nothing.
     */
    private static final String LOCK = """
            SELECT format('ALTER TABLE %I.%I OWNER TO %s', nspname, relname, relowner::regrole)
            FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname = ? AND relkind IN ('r', 'p') AND NOT relispartition
            ORDER BY relname COLLATE "C"
            """;

    private final LongTransaction transaction;
    private final String suffix;
    private final Map<StoreName, String> owners = new LinkedHashMap<>();

    private PutAside(LongTransaction transaction, String suffix) {
        this.transaction = transaction;
        this.suffix = suffix;
    }

    /** Gives the schemas of stores other names, as far as they are there. Others do not see it before it is committed. */
    public static PutAside rename(LongTransaction transaction, Collection<StoreName> stores, Instant now) {
        PutAside aside = new PutAside(transaction, SUFFIX.format(now));
        for (StoreName store : stores) {
            transaction
                    .texts("SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = ?", store.wireName())
                    .forEach(owner -> aside.rename(store, owner));
        }
        return aside;
    }

    private void rename(StoreName store, String owner) {
        owners.put(store, owner);
        String name = store.wireName() + suffix;
        transaction.execute(List.of(
                "ALTER SCHEMA " + store.wireName() + " RENAME TO " + name,
                "COMMENT ON SCHEMA " + name + " IS 'replaced by a backup of the panel that was restored'"));
    }

    /** The role that owns a schema, as SQL names it; empty if there was none. */
    Optional<String> owner(StoreName store) {
        return Optional.ofNullable(owners.get(store));
    }

    /** What a schema is called now; empty if there was none. */
    public Optional<String> name(StoreName store) {
        return owner(store).map(owner -> store.wireName() + suffix);
    }

    /**
     * Has all tables for itself until the end of the transaction: what others have begun to change is changed by then, and
     * what they begin later waits, and finds the new tables.
     *
     * @param patience how long to try
     * @throws io.aipanel.ports.storage.StoreUnavailable if somebody has a table for longer
     */
    public void lock(Duration patience) {
        List<String> locks = new ArrayList<>();
        for (StoreName store : owners.keySet()) {
            locks.addAll(transaction.texts(LOCK, store.wireName() + suffix));
        }
        transaction.acquireAll(locks, patience);
    }

    /** Where the schemas are, for people; empty if there were none. */
    public Optional<String> told(String location) {
        List<String> schemas =
                owners.keySet().stream().map(store -> store.wireName() + suffix).toList();
        return schemas.isEmpty() ? Optional.empty() : Optional.of(told(schemas, location));
    }

    /** Removes all that were replaced, and answers where they were, in words for people, oldest first. */
    public static List<String> discard(LongTransaction transaction, String location) {
        Map<String, List<String>> bySuffix = new LinkedHashMap<>();
        for (String schema : transaction.texts(REPLACED, PATTERN)) {
            bySuffix.computeIfAbsent(schema.substring(schema.indexOf('_')), suffix -> new ArrayList<>())
                    .add(schema);
        }
        bySuffix.values()
                .forEach(schemas ->
                        schemas.forEach(schema -> transaction.execute(List.of("DROP SCHEMA " + schema + " CASCADE"))));
        return bySuffix.values().stream()
                .map(schemas -> told(schemas, location))
                .toList();
    }

    private static String told(List<String> schemas, String location) {
        return (schemas.size() == 1 ? "the schema " : "the schemas ")
                + String.join(", ", schemas.stream().sorted().toList()) + " of " + location;
    }
}
