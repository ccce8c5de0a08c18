package io.aipanel.service.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.service.MovableClock;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.audit.Verification.Status;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.jobs.JobMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check says of a log on PostgreSQL that a superuser has changed, and of one that several panels keep. */
class PostgresVerificationTest {

    private static final Actor PROGRAM = Actor.program("test");

    private static EmbeddedPostgres server;

    @TempDir
    private static Path serverDirectory;

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock();

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(serverDirectory.resolve("binaries").toFile())
                .setDataDirectory(serverDirectory.resolve("data"))
                .start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void forgetEverything() throws SQLException {
        sql("DROP SCHEMA IF EXISTS panel, audit, queue CASCADE");
    }

    @Test
    void aSoundLogIsIntact() {
        Evidence evidence = recordAndSign(1_300);

        Verification found = verify(evidence);

        assertThat(found.message()).contains("1300 events checked", "not verifiable beyond 1300");
        assertThat(found.status()).isEqualTo(Status.INTACT);
    }

    @Test
    void aChangedEventIsFound() throws SQLException {
        Evidence evidence = recordAndSign(300);
        tamper("UPDATE audit.events SET target = 'other' WHERE index = 17");

        broken(verify(evidence), 0, "one of the events 0 to 255 was changed");
    }

    @Test
    void eventsThatChangedPlacesAreFound() throws SQLException {
        Evidence evidence = recordAndSign(300);
        tamper(
                "UPDATE audit.events SET index = 100000 WHERE index = 10",
                "UPDATE audit.events SET index = 10 WHERE index = 20",
                "UPDATE audit.events SET index = 20 WHERE index = 100000");

        broken(verify(evidence), 0, "was changed, or changed places with another");
    }

    @Test
    void aRemovedEventIsNamed() throws SQLException {
        Evidence evidence = recordAndSign(300);
        tamper("DELETE FROM audit.events WHERE index = 17");

        broken(verify(evidence), 17, "event 17 is missing");
    }

    @Test
    void aLogThatWasRebuiltWithAnotherKeyIsAnother() throws SQLException {
        Evidence evidence = recordAndSign(300);
        sql("DROP SCHEMA panel, audit, queue CASCADE");
        clock.advance(Duration.ofSeconds(1));
        try (Panel panel = open("another.key")) {
            record(panel, 300);
            panel.audit().makeCheckpoint(PROGRAM);
        }

        broken(verify(evidence), 0, "the log was rebuilt or replaced: with 300 events it is another");
    }

    @Test
    void newestEventsThatWereCutOffAreMissedByACheckpoint() throws SQLException {
        Evidence evidence = recordAndSign(300);
        sql("DROP SCHEMA panel, audit, queue CASCADE");
        try (Panel panel = open("audit.key")) {
            record(panel, 280);
            panel.audit().makeCheckpoint(PROGRAM);
        }

        broken(verify(evidence), 280, "the newest 20 events were cut off");
    }

    @Test
    void anOlderCopyIsNotExcusedByANameThatSomebodyHasAdded() throws SQLException {
        Evidence evidence = recordAndSign(300);
        sql("DROP SCHEMA panel, audit, queue CASCADE");
        try (Panel panel = open("audit.key")) {
            record(panel, 280);
            sql(
                    "INSERT INTO audit.origins (seq, name, from_size) VALUES (1, 'test/log', 0), (2, 'test/log/forged', 280)");
            record(panel, 100);
            // The panel signs it: it cannot know better.
            panel.audit().makeCheckpoint(PROGRAM);
        }

        broken(verify(evidence), 280, "events 280 to 299, for which a checkpoint of test/log vouches");
        broken(verify(new Evidence(evidence.checkpoints(), List.of())), 280, "are gone from it");
    }

    @Test
    void aLogThatWasRestoredGoesOnUnderAnotherName() throws SQLException {
        Evidence evidence = recordAndSign(300);
        sql("INSERT INTO audit.origins (seq, name, from_size) VALUES (2, 'test/log/restored', 300)");
        try (Panel panel = open("audit.key")) {
            record(panel, 1);
            Evidence afterwards = new Evidence(
                    List.of(
                            evidence.checkpoints().get(0),
                            panel.audit().makeCheckpoint(PROGRAM).checkpoint()),
                    panel.audit().keys(PROGRAM));

            assertThat(afterwards.keys())
                    .extracting(VerifierKey::name)
                    .containsExactly("test/log", "test/log/restored");
            Verification found = panel.audit().verify(PROGRAM, afterwards);
            assertThat(found.message())
                    .contains("(restored from a backup that held 300 events and called test/log/restored since)");
            assertThat(found.status()).isEqualTo(Status.INTACT);
            assertThat(found.beyond()).isEqualTo(301);
        }
    }

    @Test
    void theSameLogHasTheSameExportOnBothEngines() throws IOException {
        String postgres = exportOfCutLog(open("audit.key"));
        String sqlite = exportOfCutLog(openOn("sqlite:" + directory.resolve("data"), "audit.key"));

        assertThat(postgres).isEqualTo(sqlite);
        assertThat(postgres.lines().filter(line -> line.startsWith("{\"index\":")))
                .hasSize(908);
        VerifierKey key =
                new KeyFile(directory.resolve("audit.key")).read().orElseThrow().verifier("test/log");
        Verification found = ExportCheck.of(
                new ByteArrayInputStream(postgres.getBytes(StandardCharsets.UTF_8)),
                new Evidence(List.of(), List.of(key)),
                Optional.empty());
        assertThat(found.message()).contains("908 events checked (what was before 400 was cut off");
        assertThat(found.status()).isEqualTo(Status.INTACT);
    }

    private String exportOfCutLog(Panel opened) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Panel panel = opened) {
            record(panel, 600);
            panel.audit().makeCheckpoint(PROGRAM);
            record(panel, 707);
            panel.audit().cut(PROGRAM, 400);
            panel.audit().removeCutOff(PROGRAM);
            panel.audit().makeCheckpoint(PROGRAM);
            panel.audit()
                    .export(PROGRAM, AuditFilter.OLDEST, ExportFormat.NDJSON)
                    .writeTo(out, events -> {});
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void severalPanelsKeepOneLogAndSignItEachWithItsOwnKey() throws Exception {
        Place place = new Place();
        List<SignedCheckpoint> signed = new ArrayList<>();
        try (Panel one = open("one.key", place);
                Panel other = open("other.key", place)) {
            atOnce(() -> recordOneByOne(one), () -> recordOneByOne(other));
            signed.add(one.audit().makeCheckpoint(PROGRAM).checkpoint());
            record(one, 3);
            signed.add(other.audit().makeCheckpoint(PROGRAM).checkpoint());
            record(other, 4);
            signed.add(one.audit().makeCheckpoint(PROGRAM).checkpoint());

            List<VerifierKey> keys = one.audit().keys(PROGRAM);
            assertThat(keys).hasSize(2).containsExactlyElementsOf(other.audit().keys(PROGRAM));
            assertThat(signed).extracting(each -> each.checkpoint().size()).containsExactly(40L, 43L, 47L);
            assertThat(signed.get(0).isSignedBy(keys.get(0))).isTrue();
            assertThat(signed.get(1).isSignedBy(keys.get(1))).isTrue();
            assertThat(signed.get(2).isSignedBy(keys.get(0))).isTrue();
            for (Panel panel : List.of(one, other)) {
                Verification found = panel.audit().verify(PROGRAM, new Evidence(signed, keys));
                assertThat(found.status()).as(found.message()).isEqualTo(Status.INTACT);
                assertThat(found.checked()).isEqualTo(47);
                assertThat(found.beyond()).isEqualTo(47);
                assertThat(panel.audit().anchors(PROGRAM))
                        .as("how each gets on with the place")
                        .extracting(AnchorState::signer, AnchorState::size)
                        .containsExactlyInAnyOrder(
                                tuple(keys.get(0).hexId(), 47L),
                                tuple(keys.get(1).hexId(), 43L));
                assertThat(panel.audit().keyCondition(PROGRAM).problem()).isEmpty();
            }
            assertThat(place.published).containsExactlyElementsOf(signed);
        }
    }

    @Test
    void whatWasNotedOfPlacesBeforeSignersWereToldApartIsTheNewestSigners() throws SQLException {
        Evidence evidence = recordAndSign(1);
        sql(
                "ALTER TABLE audit.anchors DROP CONSTRAINT anchors_pkey, DROP COLUMN signer,"
                        + " ADD CONSTRAINT anchors_pkey PRIMARY KEY (name)",
                "INSERT INTO audit.anchors VALUES ('/mnt/old', 7, to_timestamp(1), NULL, '')",
                "DELETE FROM audit.databasechangelog WHERE id = '0007-anchor-nodes'");

        try (Panel panel = open("audit.key")) {
            assertThat(panel.audit().anchors(PROGRAM))
                    .containsExactly(new AnchorState(
                            "/mnt/old",
                            evidence.keys().get(0).hexId(),
                            7,
                            Optional.of(Instant.ofEpochSecond(1)),
                            Optional.empty(),
                            ""));
        }
    }

    private static void recordOneByOne(Panel panel) {
        for (NewAuditEvent event : AuditTest.events(Instant.EPOCH, 20)) {
            panel.audit().record(event);
        }
    }

    private static void atOnce(Runnable one, Runnable other) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<?> work : List.of(threads.submit(one), threads.submit(other))) {
                work.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Evidence recordAndSign(int events) {
        try (Panel panel = open("audit.key")) {
            record(panel, events);
            return new Evidence(
                    List.of(panel.audit().makeCheckpoint(PROGRAM).checkpoint()),
                    panel.audit().keys(PROGRAM));
        }
    }

    private void record(Panel panel, int number) {
        panel.audit().record(AuditTest.events(clock.instant(), number));
    }

    private Verification verify(Evidence evidence) {
        try (Panel panel = open("audit.key")) {
            return panel.audit().verify(PROGRAM, evidence);
        }
    }

    private static void broken(Verification found, long firstBad, String message) {
        assertThat(found.message()).contains(message);
        assertThat(found.status()).isEqualTo(Status.BROKEN);
        assertThat(found.firstBad()).contains(firstBad);
    }

    private Panel open(String key, CheckpointAnchor... anchors) {
        return openOn("postgresql://postgres@localhost:" + server.getPort() + "/postgres", key, anchors);
    }

    private Panel openOn(String storage, String key, CheckpointAnchor... anchors) {
        return Panel.open(PanelOptions.of(storage)
                .clock(clock)
                .jobs(JobMode.OFF)
                .audit(new AuditOptions(
                        Optional.of(directory.resolve(key)), Optional.of("test/log"), List.of(anchors), false)));
    }

    /** A place that both bring their checkpoints to. */
    private static final class Place implements CheckpointAnchor {
        private final List<SignedCheckpoint> published = new ArrayList<>();

        @Override
        public String name() {
            return "https://anchor.example.com/";
        }

        @Override
        public void publish(SignedCheckpoint checkpoint) {
            published.add(checkpoint);
        }
    }

    /** Changes the log as a superuser can whom no trigger stops. */
    private static void tamper(String... statements) throws SQLException {
        sql("ALTER TABLE audit.events DISABLE TRIGGER USER");
        sql(statements);
    }

    private static void sql(String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        }
    }
}
