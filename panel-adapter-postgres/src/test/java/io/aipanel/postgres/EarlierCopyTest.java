package io.aipanel.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.storage.Storage;
import io.aipanel.postgres.backup.PostgresSnapshot;
import io.aipanel.postgres.storage.Connections;
import io.aipanel.postgres.storage.Failures;
import io.aipanel.postgres.storage.HeldMoment;
import io.aipanel.postgres.storage.PoolOptions;
import io.aipanel.postgres.storage.PostgresUrl;
import io.aipanel.postgres.storage.Transactions;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a backup that an earlier release has made: it is read in as it was, and then brought up to date. */
final class EarlierCopyTest {

    private static final NewAuditEvent EVENT = AuditSamples.event("old");

    @Test
    void aCopyOfOlderSchemasIsBroughtUpToDate(@TempDir Path copies, @TempDir Path earlier) throws Exception {
        try (Restoring old = Restoring.empty();
                Restoring current = Restoring.current()) {
            EarlierSchema.make(old.server(), old.database(), earlier, "panel", "0008-");
            EarlierSchema.make(old.server(), old.database(), earlier, "audit", "0006-");
            EarlierSchema.make(old.server(), old.database(), earlier, "queue", "0004-");
            TreeGrowth growth = new TreeGrowth(Peaks.NONE);
            for (int i = 0; i < 200; i++) {
                growth.add(EventEncoding.leaf(EVENT));
            }
            old.execute("""
                    INSERT INTO panel.settings VALUES ('panel.old', 'x', false, '2026-01-01Z');
                    INSERT INTO panel.job_outbox (effect_id, type, queue, payload, priority, max_attempts, first_delay,
                                                  max_delay)
                    VALUES (gen_random_uuid(), 'waiting', 'default', '9', 0, 2, 0, 0);
                    INSERT INTO queue.jobs (type, queue, payload, priority, max_attempts, first_delay, max_delay, state,
                                            attempt, created_at, run_at, started_at, worker, token, lease_until)
                    VALUES ('work', 'default', '4', -3, 5, 10000000, 3600000000, 'running', 2,
                            '2026-01-01Z', '2026-01-01Z', '2026-01-04Z', 'old', 2, '2999-01-01Z');
                    INSERT INTO audit.events (index, at, actor, action, target, outcome, address, request_id, details)
                    SELECT index, '%s', '%s', '%s', '%s', 'success', '%s', '%s', '%s' FROM generate_series(0, 199) AS index;
                    UPDATE audit.tree SET size = 200, peaks = '\\x%s';
                    """.formatted(
                            EVENT.at(),
                            EVENT.actor(),
                            EVENT.action(),
                            EVENT.target(),
                            EVENT.address().orElseThrow(),
                            EVENT.requestId().orElseThrow(),
                            EVENT.details().value(),
                            HexFormat.of().formatHex(growth.peaks().toBytes())));
            copyAsItIs(old, copies);

            current.replace(copies, Restoring.RESTARTED, Restoring.NOTHING);

            try (Storage storage = current.open()) {
                assertThat(storage.settings().settings()).hasSize(1);
                assertThat(storage.jobs()
                                .jobs(JobFilter.ALL, PageRequest.first(9))
                                .items())
                        .extracting(Job::type)
                        .extracting(type -> type.value())
                        .containsExactlyInAnyOrder("work", "waiting");
                assertThat(storage.audit().tree().peaks().size()).isEqualTo(201);
                assertThat(storage.audit().part(0, 1).events().get(0).event()).contains(EVENT);
                assertThat(storage.check()).isEmpty();
            }
        }
    }

    /** Without opening it, which would bring it up to date. */
    private static void copyAsItIs(Restoring old, Path copies) throws Exception {
        PoolOptions pool = PoolOptions.of(Map.of());
        Connections target = new Connections(PostgresUrl.parse(old.options().url()), old.options(), pool);
        Failures failures = new Failures(target.location());
        try (Transactions transactions =
                        new Transactions(target, failures, pool, old.options().timeout());
                Snapshot snapshot = new PostgresSnapshot(HeldMoment.begin(
                        transactions, target, failures, old.options().timeout()))) {
            Restoring.copy(snapshot, copies);
        }
    }
}
