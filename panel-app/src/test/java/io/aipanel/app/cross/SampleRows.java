package io.aipanel.app.cross;

import io.aipanel.domain.Timestamps;
import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.backup.PortableTables;
import io.aipanel.ports.storage.StoreName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of every table but those of the log itself, with whatever a store can hold: each state, nothing where there may be nothing,
 * the first and the last time and number, and text that each engine writes in another way.
 */
final class SampleRows {

    /** What is written as itself, and what is not, anywhere. */
    static final String TEXT =
            "tab\t lf\n cr\r bs\b ff\f vt\u000b \\N \\. \\\\ ' \" {a,b} \u0001\u007f\u0085 ü 漢 \u2028 🦄 \uffff ";

    private static final long FIRST = Timestamps.toEpochMicros(Timestamps.MIN);
    private static final long LAST = Timestamps.toEpochMicros(Timestamps.MAX);
    private static final long SOME = 1_769_000_000_123_456L;
    private static final long MOST = Long.MAX_VALUE - 1;
    /** Of the numbers that the stores give themselves. */
    private static final long LAST_GIVEN = 999_999_999_999_999_999L;

    private static final String ANNA = id(1);
    private static final String BO = id(2);

    private final Map<PortableTable, List<@Nullable Object[]>> rows = new LinkedHashMap<>();

    private SampleRows() {}

    /** The rows of each table that has any. */
    static Map<PortableTable, List<@Nullable Object[]>> all() {
        SampleRows samples = new SampleRows();
        samples.users();
        samples.sites();
        samples.capacity();
        samples.outboxes();
        samples.log();
        samples.jobs();
        samples.queues();
        return samples.rows;
    }

    private void users() {
        panel("roles", "name", "admin", "description", "", "built_in", true);
        panel("roles", "name", "editor", "description", TEXT, "built_in", false);
        panel("role_permissions", "role", "editor", "permission", "sites:read");
        user(ANNA, "anna@example.com", "active", SOME);
        user(BO, "bo@example.com", "disabled", null);
        panel("user_roles", "user_id", ANNA, "role", "admin");
        panel("user_roles", "user_id", ANNA, "role", "editor");
        panel(
                "sessions",
                "id",
                id(3),
                "token_hash",
                "hash",
                "user_id",
                ANNA,
                "created_at",
                FIRST,
                "last_seen_at",
                0L,
                "expires_at",
                LAST,
                "address",
                "::1",
                "agent",
                TEXT);
        token(id(4), "first", null);
        token(id(5), TEXT, SOME);
        panel("login_attempts", "id", 3L, "account", "anna@example.com", "address", "192.0.2.1", "at", -1L);
        panel("login_attempts", "id", LAST_GIVEN, "account", null, "address", "192.0.2.1", "at", 1L);
    }

    private void user(String id, String email, String status, @Nullable Long lastLogin) {
        panel(
                "users",
                "id",
                id,
                "email",
                email,
                "display_name",
                TEXT,
                "password_hash",
                "$argon2id$" + email,
                "status",
                status,
                "created_at",
                SOME,
                "last_login_at",
                lastLogin,
                "version",
                MOST);
    }

    private void token(String id, String name, @Nullable Long time) {
        panel(
                "api_tokens",
                "id",
                id,
                "user_id",
                BO,
                "name",
                name,
                "token_hash",
                id,
                "created_at",
                SOME,
                "expires_at",
                time,
                "last_used_at",
                time);
    }

    private void sites() {
        site(id(6), "active", TEXT);
        site(id(7), "suspended", null);
        panel("site_names", "host_name", "a.example.com", "site_id", id(6), "is_primary", true);
        panel("site_names", "host_name", "b.example.com", "site_id", id(6), "is_primary", false);
        panel("site_names", "host_name", "c.example.com", "site_id", id(7), "is_primary", true);
        for (String engine : List.of("mariadb", "postgresql")) {
            panel(
                    "site_databases",
                    "id",
                    UUID.nameUUIDFromBytes(engine.getBytes()).toString(),
                    "site_id",
                    id(6),
                    "engine",
                    engine,
                    "name",
                    "shop",
                    "user_name",
                    TEXT,
                    "created_at",
                    SOME);
        }
        component("a", "automatic", null, null);
        component("b", "notify", "1.0", null);
        component("c", "hold", "1.0", SOME);
        panel(
                "component_changes",
                "number",
                9L,
                "name",
                "gone",
                "at",
                SOME,
                "source",
                TEXT,
                "installed",
                "1",
                "candidate",
                "2");
        panel("component_changes", "number", 10L, "name", "gone", "at", SOME, "source", TEXT);
        panel("settings", "name", "panel.one", "value", "", "secret", false, "updated_at", SOME);
        panel("settings", "name", "panel.two", "value", TEXT, "secret", true, "updated_at", LAST);
    }

    private void site(String id, String status, @Nullable String text) {
        panel(
                "sites",
                "id",
                id,
                "document_root",
                "/" + TEXT,
                "php_version",
                text,
                "system_user",
                text,
                "owner",
                ANNA,
                "status",
                status,
                "created_at",
                FIRST,
                "updated_at",
                LAST,
                "version",
                1L);
    }

    private void component(String name, String policy, @Nullable String pin, @Nullable Long expires) {
        panel(
                "components",
                "name",
                name,
                "source",
                TEXT,
                "installed",
                pin,
                "candidate",
                pin,
                "policy",
                policy,
                "pin_version",
                pin,
                "pin_reason",
                pin,
                "pin_expires_at",
                expires,
                "last_checked_at",
                expires);
    }

    private void capacity() {
        for (String step : List.of("minute", "hour", "day")) {
            panel(
                    "capacity_samples",
                    "step",
                    step,
                    "at",
                    SOME,
                    "series",
                    "write-p95",
                    "source",
                    "",
                    "count",
                    MOST,
                    "min",
                    -Double.MAX_VALUE,
                    "sum",
                    0.1 + 0.2,
                    "max",
                    Double.MIN_VALUE);
        }
        panel(
                "capacity_samples",
                "step",
                "minute",
                "at",
                LAST,
                "series",
                "write-p95",
                "source",
                TEXT,
                "count",
                0L,
                "min",
                -0.0,
                "sum",
                1e300,
                "max",
                1.0,
                "histogram",
                new byte[] {0, '\\', '\t', -1});
        for (String state : List.of("ok", "warning", "breached", "unknown")) {
            panel("capacity_states", "threshold", state, "state", state, "since", FIRST);
        }
        panel("capacity_states", "threshold", TEXT, "state", "ok", "since", FIRST, "notified_at", LAST);
    }

    private void outboxes() {
        event(StoreName.PANEL, "audit_outbox", 4L, null, null);
        event(StoreName.PANEL, "audit_outbox", 5L, TEXT, SOME);
        event(StoreName.QUEUE, "event_outbox", 1L, null, null);
        event(StoreName.QUEUE, "event_outbox", 2L, TEXT, SOME);
        panel(
                "job_outbox",
                "seq",
                6L,
                "effect_id",
                id(60),
                "type",
                "report",
                "queue",
                "mail",
                "payload",
                "{}",
                "priority",
                (long) Integer.MIN_VALUE);
        panel(
                "job_outbox",
                "seq",
                7L,
                "effect_id",
                id(61),
                "type",
                "report",
                "queue",
                "mail",
                "payload",
                TEXT,
                "priority",
                (long) Integer.MAX_VALUE,
                "run_at",
                SOME,
                "delay",
                MOST,
                "unique_key",
                TEXT,
                "unique_for",
                MOST,
                "concurrency_key",
                TEXT,
                "max_attempts",
                3L,
                "first_delay",
                1L,
                "max_delay",
                MOST,
                "failed_at",
                LAST,
                "failure",
                TEXT);
        counter(StoreName.PANEL, "login_attempts", LAST_GIVEN);
        counter(StoreName.PANEL, "component_changes", 0L);
        counter(StoreName.PANEL, "outbox", 8L);
    }

    private void event(StoreName store, String table, long seq, @Nullable String failure, @Nullable Long failedAt) {
        add(
                store,
                table,
                "seq",
                seq,
                "effect_id",
                id(50 + seq),
                "at",
                SOME + seq,
                "actor",
                TEXT,
                "action",
                "a.b",
                "target",
                "",
                "outcome",
                failure == null ? "success" : "refused",
                "address",
                failure,
                "request_id",
                failure,
                "details",
                "{ \"b\":1,\"a\" : 2}",
                "failed_at",
                failedAt,
                "failure",
                failure);
    }

    private void log() {
        for (long key = Integer.MIN_VALUE; key <= Integer.MAX_VALUE; key += Integer.MAX_VALUE) {
            add(StoreName.AUDIT, "checkpoints", "size", 300L, "key_id", key, "at", SOME, "note", TEXT + key);
        }
        add(StoreName.AUDIT, "verifier_keys", "seq", 1L, "key", "one+00000001+AQ==");
        add(StoreName.AUDIT, "verifier_keys", "seq", 7L, "key", TEXT);
        add(StoreName.AUDIT, "anchors", "name", "a", "signer", "00000001", "size", 0L, "failure", "");
        add(
                StoreName.AUDIT,
                "anchors",
                "name",
                "b",
                "signer",
                "ffffffff",
                "size",
                MOST,
                "at",
                SOME,
                "failed_at",
                LAST,
                "failure",
                TEXT);
    }

    private void jobs() {
        queue("lanes", "id", 3L, "queue", "mail", "type", "report", "priority", 0L);
        queue("lanes", "id", 9L, "queue", "mail", "type", "report", "priority", (long) Integer.MIN_VALUE);
        job("jobs", 1L, "pending", "held", false);
        job("jobs", 2L, "running", "held", false, "lease_until", SOME, "worker", "w", "started_at", SOME);
        job(
                "jobs",
                4L,
                "pending",
                "held",
                true,
                "concurrency_key",
                "k",
                "unique_key",
                TEXT,
                "max_attempts",
                9L,
                "first_delay",
                1L,
                "max_delay",
                MOST,
                "last_error",
                TEXT,
                "progress_percent",
                100L,
                "progress_text",
                TEXT,
                "cancel_requested",
                true,
                "log_lines",
                70L);
        job("finished_jobs", 5L, "completed", "finished_at", SOME, "result", TEXT, "log_lines", 1L);
        job(
                "finished_jobs",
                6L,
                "dead-letter",
                "finished_at",
                LAST,
                "started_at",
                FIRST,
                "worker",
                TEXT,
                "last_error",
                TEXT,
                "max_attempts",
                9L,
                "first_delay",
                1L,
                "max_delay",
                MOST,
                "progress_percent",
                0L,
                "progress_text",
                TEXT);
        job("finished_jobs", LAST_GIVEN, "cancelled", "finished_at", LAST, "concurrency_key", "k", "unique_key", "u");
        for (long attempt = 1; attempt <= 2; attempt++) {
            queue(
                    "failures",
                    "job",
                    6L,
                    "attempt",
                    attempt,
                    "started_at",
                    FIRST,
                    "ended_at",
                    LAST,
                    "worker",
                    "w",
                    "type",
                    "x.Y",
                    "message",
                    TEXT,
                    "trace",
                    TEXT + TEXT);
        }
        queue("job_log", "job", 4L, "seq", 69L, "at", FIRST, "text", TEXT);
        queue("job_log", "job", 4L, "seq", 70L, "at", LAST, "text", "");
        queue("job_log", "job", 5L, "seq", 1L, "at", SOME, "text", "\\N");
        queue("recent_keys", "queue", "mail", "type", "report", "unique_key", TEXT, "job", 4L, "until", LAST);
        for (String state : List.of("completed", "dead-letter", "cancelled")) {
            queue("tallies", "queue", "mail", "state", state, "jobs", 1L, "ended", MOST);
        }
        queue("tallies", "queue", "gone", "state", "completed", "jobs", 0L, "ended", 9L);
        counter(StoreName.QUEUE, "jobs", LAST_GIVEN);
        counter(StoreName.QUEUE, "event_outbox", 2L);
    }

    private void job(String table, long id, String state, Object... more) {
        List<Object> pairs = new ArrayList<>(List.of(
                "id",
                id,
                "lane",
                3L,
                "type",
                "report",
                "queue",
                "mail",
                "payload",
                "[" + id + ", \"" + TEXT + "\"]",
                "priority",
                0L,
                "state",
                state,
                "attempt",
                (long) Integer.MAX_VALUE,
                "earlier_attempts",
                0L,
                "created_at",
                FIRST,
                "run_at",
                SOME,
                "token",
                MOST));
        pairs.addAll(List.of(more));
        for (Object[] missing : new Object[][] {{"log_lines", 0L}, {"cancel_requested", false}}) {
            if (!pairs.contains(missing[0])) {
                pairs.addAll(List.of(missing));
            }
        }
        queue(table, pairs.toArray());
    }

    private void queues() {
        queue("queues", "name", "mail", "paused", true, "max_running_per_key", 1L);
        queue(
                "queues",
                "name",
                "other",
                "paused",
                false,
                "max_running",
                7L,
                "max_running_per_key",
                2L,
                "rate_starts",
                3L,
                "rate_period",
                MOST,
                "rate_full_at",
                SOME);
        queue(
                "schedules",
                "name",
                "one",
                "cron",
                "0 2 * * *",
                "zone",
                "UTC",
                "type",
                "report",
                "queue",
                "mail",
                "payload",
                "{}",
                "priority",
                0L);
        queue(
                "schedules",
                "name",
                "two",
                "cron",
                "@daily",
                "zone",
                "Europe/Berlin",
                "type",
                "report",
                "queue",
                "mail",
                "payload",
                TEXT,
                "priority",
                1L,
                "unique_key",
                TEXT,
                "unique_for",
                MOST,
                "concurrency_key",
                "k",
                "max_attempts",
                1L,
                "first_delay",
                1L,
                "max_delay",
                1L,
                "next_run_at",
                LAST,
                "last_run_at",
                FIRST,
                "last_job",
                MOST);
    }

    private void counter(StoreName store, String name, long last) {
        add(store, PortableTables.COUNTERS, "name", name, "last", last);
    }

    private void panel(String table, @Nullable Object... pairs) {
        add(StoreName.PANEL, table, pairs);
    }

    private void queue(String table, @Nullable Object... pairs) {
        add(StoreName.QUEUE, table, pairs);
    }

    /** What is not named is null. */
    private void add(StoreName store, String name, @Nullable Object... pairs) {
        Optional<PortableTable> table = PortableTables.of(store).stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        @Nullable Object[] row = new Object[table.orElseThrow().columns().size()];
        for (int i = 0; i < pairs.length; i += 2) {
            row[table.orElseThrow().position(String.valueOf(pairs[i]))] = pairs[i + 1];
        }
        rows.computeIfAbsent(table.orElseThrow(), each -> new ArrayList<>()).add(row);
    }

    private static String id(long number) {
        return new UUID(0x8123_4567_89ab_4defL, number).toString();
    }
}
