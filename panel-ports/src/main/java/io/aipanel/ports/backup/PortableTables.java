package io.aipanel.ports.backup;

import io.aipanel.ports.storage.StoreName;
import java.util.List;

/**
 * All that a panel holds, as tables that every engine reads from its copies and writes into copies of its own.
 *
 * <p>What is not here is not brought from one engine to another: what an engine makes of the rest for itself (indexes, entries,
 * partitions, how its schema came about), who is at work at the moment, and which effects have arrived, because those
 * do not wait in an outbox here either.
 */
public final class PortableTables {

    /**
     * The highest number that was ever given, even if what had it is gone: of a login attempt, a change of a component, an
     * effect in the outboxes of the panel store, a job, an event in the outbox of the queue store. Each of them is there, with
     * 0 if no number was given.
     */
    public static final String COUNTERS = "counters";

    private static final List<PortableTable> PANEL = List.of(
            of(StoreName.PANEL, "roles").texts("name", "description").flags("built_in"),
            of(StoreName.PANEL, "role_permissions").texts("role", "permission"),
            of(StoreName.PANEL, "users")
                    .texts("id", "email", "display_name", "password_hash", "status")
                    .times("created_at", "last_login_at")
                    .numbers("version"),
            of(StoreName.PANEL, "user_roles").texts("user_id", "role"),
            of(StoreName.PANEL, "sessions")
                    .texts("id", "token_hash", "user_id", "address", "agent")
                    .times("created_at", "last_seen_at", "expires_at"),
            of(StoreName.PANEL, "api_tokens")
                    .texts("id", "user_id", "name", "token_hash")
                    .times("created_at", "expires_at", "last_used_at"),
            of(StoreName.PANEL, "login_attempts")
                    .numbers("id")
                    .texts("account", "address")
                    .times("at"),
            of(StoreName.PANEL, "sites")
                    .texts("id", "document_root", "php_version", "system_user", "owner", "status")
                    .times("created_at", "updated_at")
                    .numbers("version"),
            of(StoreName.PANEL, "site_names").texts("host_name", "site_id").flags("is_primary"),
            of(StoreName.PANEL, "site_databases")
                    .texts("id", "site_id", "engine", "name", "user_name")
                    .times("created_at"),
            of(StoreName.PANEL, "components")
                    .texts("name", "source", "installed", "candidate", "policy", "pin_version", "pin_reason")
                    .times("pin_expires_at", "last_checked_at"),
            of(StoreName.PANEL, "component_changes")
                    .numbers("number")
                    .texts("name", "source", "installed", "candidate")
                    .times("at"),
            of(StoreName.PANEL, "settings")
                    .texts("name", "value")
                    .flags("secret")
                    .times("updated_at"),
            events(of(StoreName.PANEL, "audit_outbox")
                    .numbers("seq")
                    .texts("effect_id", "failure")
                    .times("failed_at")),
            newJob(of(StoreName.PANEL, "job_outbox")
                            .numbers("seq")
                            .texts("effect_id", "failure")
                            .times("failed_at"))
                    .times("run_at")
                    .numbers("delay", "unique_for"),
            of(StoreName.PANEL, "capacity_samples")
                    .texts("step", "series", "source")
                    .times("at")
                    .numbers("count")
                    .reals("min", "sum", "max")
                    .bytes("histogram"),
            of(StoreName.PANEL, "capacity_states").texts("threshold", "state").times("since", "notified_at"),
            counters(StoreName.PANEL));

    private static final List<PortableTable> AUDIT = List.of(
            of(StoreName.AUDIT, "tree").numbers("size", "cut", "adopt_until").bytes("peaks", "cut_peaks"),
            of(StoreName.AUDIT, "nodes").numbers("height", "index").bytes("hash"),
            events(of(StoreName.AUDIT, "events").numbers("index")),
            of(StoreName.AUDIT, "checkpoints")
                    .numbers("size", "key_id")
                    .times("at")
                    .texts("note"),
            of(StoreName.AUDIT, "verifier_keys").numbers("seq").texts("key"),
            of(StoreName.AUDIT, "anchors")
                    .texts("name", "signer", "failure")
                    .numbers("size")
                    .times("at", "failed_at"),
            of(StoreName.AUDIT, "origins").numbers("seq", "from_size").texts("name"));

    private static final List<PortableTable> QUEUE = List.of(
            of(StoreName.QUEUE, "lanes").numbers("id", "priority").texts("queue", "type"),
            storedJob(of(StoreName.QUEUE, "jobs")).flags("held").times("lease_until"),
            storedJob(of(StoreName.QUEUE, "finished_jobs")).times("finished_at").texts("result"),
            of(StoreName.QUEUE, "failures")
                    .numbers("job", "attempt")
                    .times("started_at", "ended_at")
                    .texts("worker", "type", "message", "trace"),
            of(StoreName.QUEUE, "job_log").numbers("job", "seq").times("at").texts("text"),
            of(StoreName.QUEUE, "tallies").texts("queue", "state").numbers("jobs", "ended"),
            of(StoreName.QUEUE, "recent_keys")
                    .texts("queue", "type", "unique_key")
                    .numbers("job")
                    .times("until"),
            of(StoreName.QUEUE, "queues")
                    .texts("name")
                    .flags("paused")
                    .numbers("max_running", "max_running_per_key", "rate_starts", "rate_period")
                    .times("rate_full_at"),
            newJob(of(StoreName.QUEUE, "schedules").texts("name", "cron", "zone"))
                    .numbers("unique_for", "last_job")
                    .times("next_run_at", "last_run_at"),
            events(of(StoreName.QUEUE, "event_outbox")
                    .numbers("seq")
                    .texts("effect_id", "failure")
                    .times("failed_at")),
            counters(StoreName.QUEUE));

    private PortableTables() {}

    /** The tables of a store, each after those that it refers to. */
    public static List<PortableTable> of(StoreName store) {
        return switch (store) {
            case PANEL -> PANEL;
            case AUDIT -> AUDIT;
            case QUEUE -> QUEUE;
        };
    }

    private static PortableTable of(StoreName store, String name) {
        return new PortableTable(store, name, List.of());
    }

    private static PortableTable counters(StoreName store) {
        return of(store, COUNTERS).texts("name").numbers("last");
    }

    private static PortableTable events(PortableTable table) {
        return table.times("at").texts("actor", "action", "target", "outcome", "address", "request_id", "details");
    }

    private static PortableTable newJob(PortableTable table) {
        return table.texts("type", "queue", "payload", "unique_key", "concurrency_key")
                .numbers("priority", "max_attempts", "first_delay", "max_delay");
    }

    /** {@code log_lines} is how many lines the job's log has had in all. */
    private static PortableTable storedJob(PortableTable table) {
        return newJob(table.numbers("id", "lane"))
                .texts("state", "worker", "last_error", "progress_text")
                .numbers("attempt", "earlier_attempts", "token", "progress_percent", "log_lines")
                .flags("cancel_requested")
                .times("created_at", "run_at", "started_at");
    }
}
