package io.aipanel.postgres;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.backup.LogAfterwards.Kept;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreMisconfigured;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the schemas are like that take the place of others. */
final class RestoredSchemasTest {

    private static final String READER =
            "DO $$ BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$";

    /** Who may do what, in a form that can be compared. */
    private static final String RIGHTS = """
            SELECT 'schema ' || nspname || ' ' || coalesce(nspacl::text, 'default')
            FROM pg_namespace WHERE nspname IN ('panel', 'audit', 'queue')
            UNION ALL
            SELECT relkind::text || ' ' || nspname || '.' || relname || ' ' || pg_get_userbyid(relowner) || ' '
                   || (SELECT string_agg(entry::text, ' ' ORDER BY entry::text)
                       FROM unnest(coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, relowner)))
                           AS entry)
            FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname IN ('panel', 'audit', 'queue') AND relkind IN ('r', 'p', 'S')
            UNION ALL
            SELECT 'column ' || nspname || '.' || relname || '.' || attname || ' ' || attacl::text
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname IN ('panel', 'audit', 'queue') AND attacl IS NOT NULL
            UNION ALL
            SELECT 'function ' || nspname || '.' || proname || ' ' || prosecdef || ' '
                   || (SELECT string_agg(entry::text, ' ' ORDER BY entry::text)
                       FROM unnest(coalesce(proacl, acldefault('f', proowner))) AS entry)
            FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
            WHERE nspname IN ('panel', 'audit', 'queue')
            UNION ALL
            SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text
            FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname IN ('panel', 'audit', 'queue') AND NOT tgisinternal
            UNION ALL
            SELECT 'column ' || nspname || '.' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
                   || ' ' || attnotnull || ' ' || coalesce(pg_get_expr(adbin, adrelid), '')
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
            LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE nspname IN ('panel', 'audit', 'queue') AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
            UNION ALL
            SELECT 'default ' || defaclnamespace::regnamespace || ' ' || defaclacl::text FROM pg_default_acl
            WHERE defaclnamespace::regnamespace::text IN ('panel', 'audit', 'queue')
            ORDER BY 1
            """;

    private final Restoring restoring = Restoring.current();

    @TempDir
    private Path copies;

    @AfterEach
    void drop() {
        restoring.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {TestServer.ROLE, "postgres"})
    void whoMayDoWhatIsAsItWas(String role) throws SQLException {
        restoring.execute(READER);
        restoring.execute(TestServer.ROLE, """
                GRANT USAGE ON SCHEMA panel, audit TO reader;
                GRANT SELECT ON ALL TABLES IN SCHEMA panel TO reader;
                GRANT UPDATE ON panel.settings TO reader WITH GRANT OPTION;
                GRANT SELECT (email, id), UPDATE (display_name) ON panel.users TO reader;
                GRANT USAGE ON SEQUENCE queue.job_ids TO reader, PUBLIC;
                GRANT EXECUTE ON FUNCTION audit.begin_partition TO reader;
                REVOKE EXECUTE ON FUNCTION audit.refuse_shrinking FROM PUBLIC;
                REVOKE DELETE, INSERT ON panel.components FROM panel;
                REVOKE ALL ON audit.delivered FROM panel;
                GRANT SELECT ON audit.delivered TO panel;
                ALTER DEFAULT PRIVILEGES IN SCHEMA queue GRANT SELECT ON TABLES TO reader;
                """);
        restoring.copy(copies);
        List<String> before = restoring.texts(RIGHTS);

        restoring.replace(restoring.as(role), copies, Restoring.RESTARTED, Restoring.NOTHING);

        assertThat(restoring.texts(RIGHTS))
                .as("rights, owners, triggers, columns")
                .containsExactlyElementsOf(before);
    }

    @Test
    void aRoleThatOwnsNothingGoesOnAndMayRestoreNothing() throws SQLException {
        restoring.execute(READER);
        restoring.execute(TestServer.ROLE, """
                GRANT USAGE ON SCHEMA panel, audit, queue TO reader;
                GRANT SELECT ON ALL TABLES IN SCHEMA panel, audit, queue TO reader;
                """);
        restoring.copy(copies);
        try (Storage reader = new PostgresStorageProvider().open(restoring.as("reader"))) {
            assertThat(catchThrowableOfType(
                            StoreMisconfigured.class,
                            () -> new PostgresStorageProvider().beginRestoration(restoring.as("reader"))))
                    .hasMessageContaining("belong to the role panel: restore as that role");

            restoring.replace(copies, Restoring.RESTARTED, Restoring.NOTHING);

            assertThat(reader.audit().tree().peaks().size()).isEqualTo(1);
            assertThat(reader.iam().hasUsers()).isFalse();
        }
    }

    @Test
    void theLogIsGuardedAsBefore() {
        try (Storage storage = restoring.open()) {
            storage.audit().append(Collections.nCopies(300, event("a")));
            Restoring.copy(storage, copies);
        }
        restoring.replace(copies, Restoring.RESTARTED, Restoring.NOTHING);

        for (String sql : List.of(
                "UPDATE audit.events SET target = 'x'",
                "DELETE FROM audit.events",
                "DELETE FROM audit.nodes",
                "DELETE FROM audit.tree",
                "UPDATE audit.origins SET name = 'x'")) {
            assertThat(catchThrowable(() -> restoring.execute(sql)))
                    .as("%s as a superuser", sql)
                    .hasRootCauseInstanceOf(SQLException.class)
                    .rootCause()
                    .hasMessageContaining("append-only");
        }
        assertThat(catchThrowableOfType(
                                SQLException.class, () -> restoring.execute(TestServer.ROLE, "DELETE FROM audit.tree"))
                        .getSQLState())
                .as("rights of the owner")
                .isEqualTo("42501");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 450})
    void aLogWithPartitionsGoesOnAndIsCut(long cut) {
        try (Storage storage = restoring.open()) {
            for (int i = 0; i < 3; i++) {
                storage.audit().append(Collections.nCopies(300, event("a")));
                restoring.execute("UPDATE audit.tree SET next_partition_at = '-infinity'");
            }
            if (cut > 0) {
                storage.audit().cut(cut, event("cut"));
                storage.audit().removeCutOff(1_000);
            }
            Restoring.copy(storage, copies);
        }
        restoring.replace(copies, Restoring.RESTARTED, Restoring.NOTHING);

        try (Storage restored = restoring.open()) {
            assertThat(restored.check()).isEmpty();
            restoring.execute("UPDATE audit.tree SET next_partition_at = '-infinity'");
            restored.audit().append(Collections.nCopies(300, event("b")));
            restored.audit().cut(1_000, event("cut again"));
            assertThat(restored.audit().removeCutOff(2_000)).isEqualTo(1_000 - cut);
            assertThat(restored.check()).isEmpty();
        }
    }

    @Test
    void aDatabaseWithoutSchemasCanBeRestoredTo() {
        try (Storage storage = restoring.open()) {
            storage.audit().append(List.of(event("a")));
        }
        restoring.copy(copies);
        try (Restoring bare = Restoring.empty()) {
            try (Restoration restoration = new PostgresStorageProvider().beginRestoration(bare.options())) {
                assertThat(restoration.openPresent()).isEmpty();
                assertThat(restoration.replace(copies, Restoring.RESTARTED, Restoring.NOTHING))
                        .isEmpty();
            }
            assertThat(bare.schemas()).containsExactly("audit", "panel", "queue");
            try (Storage storage = bare.open()) {
                assertThat(storage.check()).isEmpty();
                assertThat(storage.audit().tree().peaks().size()).isEqualTo(2);
            }
        }
    }

    @Test
    void whatCannotBeOpenedAnyMoreIsReplacedNevertheless() {
        restoring.copy(copies);
        restoring.execute(
                "DROP TABLE panel.users CASCADE; DROP SEQUENCE queue.job_ids CASCADE; DROP TABLE queue.workers");

        restoring.replace(copies, Restoring.RESTARTED, Restoring.NOTHING);

        try (Storage storage = restoring.open()) {
            assertThat(storage.check()).isEmpty();
            assertThat(storage.iam().hasUsers()).isFalse();
            assertThat(storage.jobs()
                            .enqueue(List.of(NewJob.of("work")))
                            .get(0)
                            .id()
                            .value())
                    .as("nobody knows any more which ids were given")
                    .isGreaterThan(1_000_000);
        }
    }

    @Test
    void jobsThatMayBeTriedAgainCannotBeEndedByTheirEarlierWorkers() {
        restoring.execute("""
                INSERT INTO queue.lanes (queue, type, priority) VALUES ('default', 'work', 0);
                INSERT INTO queue.finished_jobs (id, type, queue, payload, priority, state, attempt, created_at, run_at,
                                                 finished_at, token, lane)
                SELECT id, 'work', 'default', '1', 0, (ARRAY['completed', 'dead-letter', 'cancelled'])[id], 1,
                       now(), now(), now(), 7, 1
                FROM generate_series(1, 3) AS id
                """);
        restoring.copy(copies);

        restoring.replace(copies, Restoring.RESTARTED, Restoring.NOTHING);
        List<String> first = restoring.texts("SELECT token FROM queue.finished_jobs ORDER BY id");
        restoring.replace(copies, Restoring.RESTARTED, Restoring.NOTHING);
        List<String> second = restoring.texts("SELECT token FROM queue.finished_jobs ORDER BY id");

        assertThat(first.get(0)).as("what went well is not tried again").isEqualTo("7");
        assertThat(Long.parseLong(second.get(1)))
                .as("the same copy once more is another time")
                .isGreaterThan(Long.parseLong(first.get(1)));
        assertThat(Long.parseLong(second.get(2))).isGreaterThan(Long.parseLong(first.get(2)));
    }

    @Test
    void schemasOfOthersAreNotDiscarded() {
        restoring.copy(copies);
        restoring.execute("CREATE SCHEMA panel_before_dawn; CREATE SCHEMA panel_before_20260101t000000000z_mine");
        String aside = restoring.replace(copies, new Kept(0), Restoring.NOTHING);

        assertThat(restoring.schemas()).hasSize(7);
        assertThat(new PostgresStorageProvider().discardReplaced(restoring.options()))
                .containsExactly(aside);

        assertThat(restoring.schemas())
                .containsExactly(
                        "audit", "panel", "panel_before_20260101t000000000z_mine", "panel_before_dawn", "queue");
    }

    @Test
    void aCopyOfANewerProgramIsLeftToIt() {
        restoring.copy(copies);
        Restoring.change(copies.resolve("queue.copy"), "-- schema: 0", "-- schema: 9");

        assertThat(catchThrowableOfType(
                        StoreMisconfigured.class,
                        () -> restoring.replace(copies, Restoring.RESTARTED, Restoring.NOTHING)))
                .hasMessageContaining("queue.copy has the schema version '9")
                .hasMessageContaining("use the newer program");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    COPY panel.settings (name,       | COPY panel.settings (name; DROP SCHEMA audit CASCADE,
                    COPY panel.settings              | COPY panel.elsewhere
                    'panel.outbox_seq', 1, false     | 'queue.job_ids', 9, true
                    SELECT pg_catalog.setval('panel. | SELECT pg_catalog.setval('x'); DROP SCHEMA audit CASCADE; ('
                    """)
    void nothingInACopyIsRunAsItStandsThere(String from, String to) {
        restoring.copy(copies);
        List<String> before = restoring.digests();
        Restoring.change(copies.resolve("panel.copy"), from, to);

        assertThat(catchThrowableOfType(
                        StoreCorrupt.class, () -> restoring.replace(copies, Restoring.RESTARTED, Restoring.NOTHING)))
                .hasMessageContaining("panel.copy");
        assertThat(restoring.digests()).isEqualTo(before);
    }

    @Test
    void rowsThatTheSchemaRefusesEndTheRestoration() {
        restoring.execute("INSERT INTO panel.settings VALUES ('panel.x', 'y', true, '2026-01-01Z')");
        restoring.copy(copies);
        List<String> before = restoring.digests();
        Restoring.change(copies.resolve("panel.copy"), "panel.x\ty\tt\t2026", "panel.x\ty\tt\tno time");

        assertThat(catchThrowableOfType(
                        StoreCorrupt.class, () -> restoring.replace(copies, Restoring.RESTARTED, Restoring.NOTHING)))
                .hasMessageContaining("panel.copy has what PostgreSQL refuses");
        assertThat(restoring.digests()).isEqualTo(before);
    }
}
