package io.aipanel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.storage.OutboxRelay;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An effect that its destination refuses: here, because somebody has added a rule of their own to the table. */
final class PoisonedEffectTest {

    private final String database = TestServer.shared().migratedDatabase();
    private final Storage storage = new PostgresStorageProvider()
            .open(StorageOptions.of(TestServer.shared().url(database)));

    @AfterEach
    void close() {
        storage.close();
        TestServer.shared().drop(database);
    }

    @Test
    void aRefusedEventIsSetAsideAndHoldsUpNobody() {
        TestServer.shared().execute(database, "ALTER TABLE audit.events ADD CONSTRAINT poison CHECK (target <> 'b')");
        emit(event("a"));
        Effect poisoned = event("b");
        emit(poisoned);
        emit(event("c"));
        emit(new Effect.Enqueue(newId(), NewJob.of("work")));

        OutboxRelay.Relayed relayed = storage.outbox().relay(10);

        assertThat(relayed.moved()).isEqualTo(3);
        assertThat(relayed.setAside()).extracting(OutboxRelay.SetAside::id).containsExactly(poisoned.id());
        assertThat(targets()).containsExactly("a", "c");
        assertThat(storage.outbox().waiting()).isZero();
        assertThat(storage.outbox().setAside(10))
                .isEqualTo(relayed.setAside())
                .allSatisfy(setAside -> assertThat(setAside.reason()).contains("poison"));
        assertThat(storage.outbox().relay(10))
                .as("it is not tried again")
                .isEqualTo(new OutboxRelay.Relayed(0, List.of()));
        emit(event("d"));
        storage.outbox().relay(10);
        assertThat(targets()).as("indexes stay dense").containsExactly("a", "c", "d");
    }

    @Test
    void aRefusedJobIsSetAsideAndHoldsUpNobody() {
        TestServer.shared().execute(database, "ALTER TABLE queue.jobs ADD CONSTRAINT poison CHECK (type <> 'bad')");
        emit(new Effect.Enqueue(newId(), NewJob.of("good")));
        Effect poisoned = new Effect.Enqueue(newId(), NewJob.of("bad"));
        emit(poisoned);
        emit(new Effect.Enqueue(newId(), NewJob.of("fine")));

        OutboxRelay.Relayed relayed = storage.outbox().relay(10);

        assertThat(relayed.moved()).isEqualTo(2);
        assertThat(relayed.setAside()).extracting(OutboxRelay.SetAside::id).containsExactly(poisoned.id());
        assertThat(storage.jobs().jobs(JobFilter.ALL, PageRequest.first(10)).items())
                .extracting(Job::type)
                .extracting(Object::toString)
                .containsExactly("fine", "good");
    }

    @Test
    void whatCannotBeAnEventIsSetAsideAndHoldsUpNobody() {
        emit(event("a"));
        emit(event("b"));
        TestServer.shared().execute(database, "UPDATE panel.audit_outbox SET action = 'No Action' WHERE target = 'a'");

        OutboxRelay.Relayed relayed = storage.outbox().relay(10);

        assertThat(relayed.moved()).isEqualTo(1);
        assertThat(relayed.setAside())
                .extracting(OutboxRelay.SetAside::reason)
                .singleElement(STRING)
                .startsWith("action must be lower-case words");
        assertThat(targets()).containsExactly("b");
    }

    @Test
    void damageIsFound() {
        TestServer.shared().execute(database, "UPDATE audit.tree SET size = 3");
        TestServer.shared()
                .execute(
                        database,
                        "SET session_replication_role = replica;"
                                + "INSERT INTO panel.user_roles (user_id, role) VALUES (gen_random_uuid(), 'admin')");

        assertThat(storage.check())
                .containsExactly("roles of users who do not exist: 1", "audit events missing or too many: 3");
    }

    private List<String> targets() {
        return storage.audit().events(AuditFilter.OLDEST, PageRequest.first(10)).items().stream()
                .sorted(Comparator.comparingLong(AuditEvent::index))
                .map(event -> event.event().target())
                .toList();
    }

    private void emit(Effect effect) {
        storage.write(tx -> {
            tx.emit(effect);
            return true;
        });
    }

    private static Effect event(String target) {
        return new Effect.Record(newId(), newEvent(target));
    }

    private static NewAuditEvent newEvent(String target) {
        return new NewAuditEvent(
                Instant.EPOCH,
                "test",
                "test.run",
                target,
                AuditOutcome.SUCCESS,
                Optional.empty(),
                Optional.empty(),
                JsonText.EMPTY_OBJECT);
    }

    private static EffectId newId() {
        return new EffectId(UUID.randomUUID());
    }
}
