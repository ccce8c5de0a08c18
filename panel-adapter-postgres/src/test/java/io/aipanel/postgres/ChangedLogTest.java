package io.aipanel.postgres;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreCorrupt;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A log that a superuser has changed with SQL, past every trigger and rule: it is told as it is. */
final class ChangedLogTest {

    private static final int EVENTS = 600;

    private final TestServer server = TestServer.shared();
    private final String database = server.migratedDatabase();
    private final Storage storage = new PostgresStorageProvider().open(StorageOptions.of(server.url(database)));
    private final AuditRepository audit = storage.audit();

    @BeforeEach
    void fill() {
        audit.append(Collections.nCopies(EVENTS, event("a")));
    }

    @AfterEach
    void close() {
        storage.close();
        server.drop(database);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    at          | at = 'infinity'
                    at          | at = NULL
                    actor       | actor = ''
                    actor       | actor = NULL
                    action      | action = 'Site.Create'
                    action      | action = NULL
                    target      | target = repeat('x', 100000)
                    target      | target = NULL
                    outcome     | outcome = 'SUCCESS'
                    outcome     | outcome = NULL
                    address     | address = ''
                    request_id  | request_id = 'with a space'
                    details     | details = ''
                    details     | details = NULL
                    """)
    void whatIsNoEventIsToldByItsColumn(String column, String change) {
        tamper("DROP INDEX audit.events_by_target");
        for (String name : List.of("at", "actor", "action", "target", "outcome", "details")) {
            tamper("ALTER TABLE audit.events ALTER COLUMN " + name + " DROP NOT NULL");
        }
        tamper("ALTER TABLE audit.events DROP CONSTRAINT events_outcome_check");
        tamper("UPDATE audit.events SET " + change + " WHERE index = 300");

        LogPart part = audit.part(0, 10_000);

        assertThat(part.events()).hasSize(EVENTS);
        assertThat(part.events().stream().filter(stored -> stored.event().isEmpty()))
                .singleElement()
                .satisfies(stored -> {
                    assertThat(stored.index()).isEqualTo(300);
                    assertThat(stored.problem()).startsWith(column + ": ");
                });
        assertThat(catchThrowableOfType(StoreCorrupt.class, () -> audit.event(300)))
                .hasMessageContaining("event 300 of the audit log was changed by other means (" + column + ": ");
        assertThat(catchThrowableOfType(StoreCorrupt.class, () -> audit.inclusion(300, EVENTS)))
                .hasMessageContaining("panel audit verify");
        assertThat(audit.inclusion(0, EVENTS).path())
                .as("where it does not matter")
                .isNotEmpty();
    }

    @Test
    void whatIsMissingIsNotThereAndProvesNothing() {
        tamper("DELETE FROM audit.events WHERE index = 300");
        tamper("DELETE FROM audit.nodes WHERE index = 0");

        LogPart part = audit.part(299, 2);

        assertThat(part.events()).extracting(StoredEvent::index).containsExactly(299L, 301L);
        assertThat(part.tree().size()).isEqualTo(EVENTS);
        assertThat(audit.part(0, 10_000).nodes())
                .extracting(node -> node.height() + "/" + node.index())
                .containsExactly("8/1");
        assertThat(catchThrowableOfType(StoreCorrupt.class, () -> audit.inclusion(301, EVENTS)))
                .hasMessageContaining("no node 300 at height 0");
        assertThat(catchThrowableOfType(StoreCorrupt.class, () -> audit.consistency(300, EVENTS)))
                .hasMessageContaining("no node");
        assertThat(catchThrowableOfType(StoreCorrupt.class, () -> audit.cut(302, event("cut"))))
                .hasMessageContaining("no node");
        assertThat(audit.size()).as("a cut that fails leaves nothing").isEqualTo(EVENTS);
    }

    @Test
    void nodesThatCannotBeOnesAreMissed() {
        tamper("ALTER TABLE audit.nodes ALTER COLUMN hash DROP NOT NULL, DROP CONSTRAINT nodes_hash_check");
        tamper("UPDATE audit.nodes SET hash = CASE WHEN height = 9 THEN 'short'::bytea END WHERE index = 0");

        assertThat(audit.part(0, 10_000).nodes())
                .extracting(node -> node.height() + "/" + node.index())
                .containsExactly("8/1");
        assertThat(catchThrowableOfType(StoreCorrupt.class, () -> audit.inclusion(599, EVENTS)))
                .hasMessageContaining("no node 0 at height 9");
    }

    @Test
    void whatIsTooManyIsToldAndStopsAppends() {
        tamper("INSERT INTO audit.events SELECT index + 600, at, actor, action, target, outcome, address, request_id,"
                + " details FROM audit.events WHERE index IN (0, 7)");
        storage.write(transaction -> {
            transaction.emit(new Effect.Record(new EffectId(UUID.randomUUID()), event("waits")));
            return true;
        });

        assertThat(audit.part(599, 10).events()).extracting(StoredEvent::index).containsExactly(599L, 600L, 607L);
        assertThat(catchThrowableOfType(StoreCorrupt.class, () -> audit.append(List.of(event("b")))))
                .hasMessageContaining("past its end");
        assertThat(catchThrowableOfType(
                        StoreCorrupt.class, () -> storage.outbox().relay(10)))
                .hasMessageContaining("past its end");
        assertThat(storage.outbox().waiting())
                .as("it waits for the log to be in order")
                .isEqualTo(1);
        tamper("DELETE FROM audit.events WHERE index >= 600");
        assertThat(storage.outbox().relay(10).moved()).isEqualTo(1);
        assertThat(audit.size()).isEqualTo(EVENTS + 1);
    }

    @Test
    void aTreeThatCannotBeOneIsToldApart() {
        tamper("UPDATE audit.tree SET peaks = ''");

        assertThat(catchThrowableOfType(StoreCorrupt.class, audit::tree)).hasMessageContaining("audit.tree");
        assertThat(catchThrowableOfType(StoreCorrupt.class, () -> audit.append(List.of(event("b")))))
                .hasMessageContaining("audit.tree");
        tamper("DELETE FROM audit.tree");
        assertThat(catchThrowableOfType(StoreCorrupt.class, audit::size)).hasMessageContaining("missing");
    }

    @Test
    void checkpointsAndKeysThatCannotBeOnesAreToldApart() {
        tamper("INSERT INTO audit.checkpoints (size, key_id, at, note) VALUES (1, 1, now(), 'no note')");
        tamper("INSERT INTO audit.verifier_keys (key) VALUES ('no key')");

        assertThat(catchThrowableOfType(StoreCorrupt.class, storage.checkpoints()::latest))
                .hasMessageContaining("a checkpoint in the schema audit was changed by other means");
        assertThat(catchThrowableOfType(StoreCorrupt.class, storage.checkpoints()::keys))
                .hasMessageContaining("a public key in the schema audit was changed by other means");
    }

    @Test
    void oneEventThatIsRefusedFailsAlone() {
        tamper("ALTER TABLE audit.events ADD CONSTRAINT poison CHECK (target <> 'bad')");

        List<Race.Outcome<List<AuditEvent>>> outcomes =
                Race.of(16, racer -> () -> audit.append(batch(racer == 7 ? "bad" : "good")));

        assertThat(Race.failures(outcomes))
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure).isInstanceOf(StoreCorrupt.class).hasMessageContaining("poison"));
        assertThat(audit.size()).isEqualTo(EVENTS + 15 * 3);
        assertThat(storage.check()).isEmpty();
    }

    private static List<NewAuditEvent> batch(String second) {
        return List.of(event("first"), event(second), event("third"));
    }

    private void tamper(String sql) {
        server.execute(database, "SET session_replication_role = replica; " + sql);
    }
}
