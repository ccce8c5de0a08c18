package io.aipanel.postgres;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a log that was made before there were partitions. */
final class EarlierLogTest {

    private static final int EVENTS = 200;
    private static final NewAuditEvent EVENT = event("a");

    private final TestServer server = TestServer.shared();
    private final String database = server.emptyDatabase();
    private final TreeGrowth growth = new TreeGrowth(Peaks.NONE);

    @BeforeEach
    void makeAsItWas(@TempDir Path directory) throws Exception {
        EarlierSchema.make(server, database, directory, "audit", "0006-");
        for (int i = 0; i < EVENTS; i++) {
            growth.add(EventEncoding.leaf(EVENT));
        }
        server.execute(database, """
                INSERT INTO audit.events (index, at, actor, action, target, outcome, address, request_id, details)
                SELECT i, '%s', '%s', '%s', '%s', 'success', '%s', '%s', '%s' FROM generate_series(0, %d - 1) AS i;
                UPDATE audit.tree SET size = %8$d, peaks = '\\x%s';
                GRANT SELECT ON audit.events TO pg_monitor WITH GRANT OPTION;
                """.formatted(
                        EVENT.at(),
                        EVENT.actor(),
                        EVENT.action(),
                        EVENT.target(),
                        EVENT.address().orElseThrow(),
                        EVENT.requestId().orElseThrow(),
                        EVENT.details().value(),
                        EVENTS,
                        HexFormat.of().formatHex(growth.peaks().toBytes())));
    }

    @AfterEach
    void drop() {
        server.drop(database);
    }

    @Test
    void itsEventsAreThereAndItGoesOn() {
        try (Storage storage = open()) {
            storage.audit().append(List.of(event("new")));

            List<StoredEvent> events = storage.audit().part(0, 10_000).events();
            assertThat(events).hasSize(EVENTS + 1);
            assertThat(events.subList(0, EVENTS))
                    .allSatisfy(stored -> assertThat(stored.event()).contains(EVENT));
            growth.add(EventEncoding.leaf(event("new")));
            assertThat(storage.audit().tree().peaks()).isEqualTo(growth.peaks());
            assertThat(storage.check()).isEmpty();
        }
    }

    @Test
    void itIsTheFirstPartitionAndIsDroppedWhenAllOfItIsCutOff() {
        try (Storage storage = open()) {
            assertThatTrue("(SELECT array_agg(inhrelid::regclass::text ORDER BY inhrelid) FROM pg_inherits"
                    + " WHERE inhparent = 'audit.events'::regclass) = '{audit.events_0,audit.events_200}'");
            assertThatTrue("(SELECT count(*) FROM audit.events_0) = 200");
            storage.audit().append(List.of(event("new")));
            storage.audit().cut(EVENTS, event("cut"));

            assertThat(storage.audit().removeCutOff(1)).isEqualTo(EVENTS);

            assertThatTrue("to_regclass('audit.events_0') IS NULL");
            assertThat(storage.check()).isEmpty();
        }
    }

    @Test
    void itsIndexesAreUsedAsTheyAre() {
        server.execute(
                database,
                "CREATE TABLE before AS SELECT indexrelid, pg_relation_filenode(indexrelid) AS file"
                        + " FROM pg_index WHERE indrelid = 'audit.events'::regclass");
        open().close();

        assertThatTrue("(SELECT count(*) FROM before JOIN pg_index USING (indexrelid)"
                + " WHERE indrelid = 'audit.events_0'::regclass AND pg_relation_filenode(indexrelid) = file) = 8");
        assertThatTrue("(SELECT count(*) FROM pg_index WHERE indrelid = 'audit.events_0'::regclass) = 8");
    }

    @Test
    void whoMightReadItStillMay() {
        open().close();

        assertThatTrue("has_table_privilege('pg_monitor', 'audit.events', 'SELECT WITH GRANT OPTION')");
        assertThatTrue("NOT has_table_privilege('pg_monitor', 'audit.events', 'INSERT')");
    }

    private Storage open() {
        return new PostgresStorageProvider().open(StorageOptions.of(server.url(database)));
    }

    private void assertThatTrue(String condition) {
        server.execute(database, "DO $$ BEGIN ASSERT " + condition + "; END $$");
    }
}
