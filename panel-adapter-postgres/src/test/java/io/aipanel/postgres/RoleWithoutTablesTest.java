package io.aipanel.postgres;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A panel whose role owns nothing, and has the rights that {@code docs/postgresql.md} tells to give it. */
final class RoleWithoutTablesTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "postgresql.md");
    private static final Pattern GRANTS = Pattern.compile("(?s)```sql\n(GRANT.*?)```");

    private final TestServer server = TestServer.shared();
    private final String database = server.migratedDatabase();

    @BeforeEach
    void grant() throws IOException, SQLException {
        server.execute(
                "postgres",
                "DO $$ BEGIN CREATE ROLE panel_app LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        Matcher grants = GRANTS.matcher(Files.readString(DOCUMENT));
        assertThat(grants.find()).as("the rights in %s", DOCUMENT).isTrue();
        as(TestServer.ROLE, grants.group(1));
    }

    @AfterEach
    void drop() {
        server.drop(database);
    }

    @Test
    void theLogGoesOnAcrossMonthsAndIsCut() {
        try (Storage storage = open()) {
            storage.audit().append(Collections.nCopies(300, event("a")));
            theMonthChanges();
            storage.write(transaction -> {
                transaction.emit(new Effect.Record(new EffectId(UUID.randomUUID()), event("effect")));
                return true;
            });
            storage.outbox().relay(10);
            theMonthChanges();
            storage.audit().append(Collections.nCopies(300, event("b")));
            storage.audit().cut(400, event("cut"));

            assertThat(storage.audit().removeCutOff(1_000)).isEqualTo(400);

            server.execute(
                    database,
                    "DO $$ BEGIN ASSERT (SELECT count(*) FROM pg_inherits WHERE inhparent = 'audit.events'::regclass) = 1,"
                            + " 'two of three partitions are gone'; END $$");
            assertThat(storage.audit().inclusion(450, 602).path()).isNotEmpty();
            assertThat(storage.audit().counts(AuditFilter.NEWEST, EventGrouping.ACTION))
                    .isNotEmpty();
            assertThat(storage.check()).isEmpty();
        }
    }

    @Test
    void itsStoresAreCopied(@TempDir Path directory) {
        try (Storage storage = open();
                Snapshot snapshot = storage.snapshot()) {
            for (StoreName store : StoreName.values()) {
                Path file = directory.resolve(snapshot.fileName(store));
                snapshot.copy(store, file, (done, all) -> {});

                assertThat(new PostgresStorageProvider().examine(store, file).problems())
                        .isEmpty();
            }
        }
    }

    @Test
    void whatElseThePanelDoesWorks() {
        try (Storage storage = open()) {
            storage.checkpoints().origin("panel.test");
            assertThat(storage.checkpoints().beginOrigin("panel.test/restored").from())
                    .isZero();
            storage.checkpoints().keep(AnchorState.untried("file", "00c0ffee"));
            storage.checkpoints()
                    .keep(new AnchorState("file", "00c0ffee", 2, Optional.of(Instant.EPOCH), Optional.empty(), ""));
            storage.checkpoints().forgetAnchor("file");
            storage.settings().put(new StoredSetting(new SettingName("mail.host"), "x", false, Instant.EPOCH));
            storage.jobs().enqueue(List.of(NewJob.of("work")));
            storage.jobs()
                    .claim(new ClaimRequest(
                            QueueName.DEFAULT, Set.of(new JobType("work")), 9, Duration.ofMinutes(1), "worker"))
                    .forEach(claimed ->
                            storage.jobs().finish(List.of(new JobEnd.Completed(claimed.lease(), Optional.empty()))));
            assertThat(storage.jobs().prune(JobState.COMPLETED, Instant.now().plusSeconds(60), 9))
                    .isEqualTo(1);

            assertThat(storage.health())
                    .allSatisfy(store -> assertThat(store.problem()).isEmpty());
            assertThat(storage.report().stores()).hasSize(3);
            assertThat(storage.check()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit.events SET target = 'x'",
                "TRUNCATE audit.events",
                "DELETE FROM audit.events_0",
                "DROP TABLE audit.events",
                "DROP TABLE audit.events_0",
                "ALTER TABLE audit.events DISABLE TRIGGER events_are_never_removed",
                "ALTER TABLE audit.events DETACH PARTITION audit.events_0",
                "CREATE TABLE audit.events_7 ()",
                "CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
                "SELECT audit.guard_partition('audit.events_0')",
                "UPDATE audit.tree SET next_partition_at = now()",
                "DELETE FROM audit.tree",
                "UPDATE audit.checkpoints SET note = 'x'",
                "UPDATE audit.origins SET name = 'x'",
                "DELETE FROM audit.origins"
            })
    void nothingThatWasWrittenCanBeTouched(String sql) {
        assertThat(catchThrowable(() -> as("panel_app", sql)))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
    }

    @Test
    void schemasThatAreNotCurrentAreTheOwnersBusiness() {
        server.execute(database, "DELETE FROM audit.databasechangelog WHERE id LIKE '0005-%'");

        assertThat(catchThrowableOfType(StoreMisconfigured.class, this::open))
                .hasMessageContaining("as the role that owns the schemas");
    }

    private Storage open() {
        return new PostgresStorageProvider()
                .open(StorageOptions.of("postgresql://panel_app@127.0.0.1:" + server.port() + "/" + database));
    }

    private void theMonthChanges() {
        server.execute(database, "UPDATE audit.tree SET next_partition_at = now() - interval '1 hour'");
    }

    private void as(String role, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?user=" + role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
