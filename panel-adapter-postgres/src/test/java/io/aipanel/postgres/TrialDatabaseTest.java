package io.aipanel.postgres;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreCorrupt;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where copies are tried out. */
final class TrialDatabaseTest {

    private static final String BUILDER = "builder";

    private final Restoring restoring = Restoring.current();
    private final PostgresStorageProvider provider = new PostgresStorageProvider();
    private final StorageOptions options = restoring.as(BUILDER);

    @TempDir
    private Path copies;

    @BeforeEach
    void makeRole() {
        restoring.execute("DO $$ BEGIN CREATE ROLE builder LOGIN CREATEDB IN ROLE panel;"
                + " EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    }

    @AfterEach
    void drop() {
        restoring.close();
    }

    @Test
    void copiesAreOpenedInADatabaseThatGoesWhenTheyAreClosed() {
        try (Storage present = restoring.open()) {
            present.audit().append(List.of(event("a"), event("b")));
            present.jobs().enqueue(List.of(NewJob.of("work")));
            Restoring.copy(present, copies);
            List<String> before = restoring.digests();

            try (Storage trial = provider.openCopies(copies, options)) {
                assertThat(trials()).hasSize(1);
                assertThat(trial.audit().tree()).isEqualTo(present.audit().tree());
                assertThat(trial.check()).isEmpty();
                trial.jobs().enqueue(List.of(NewJob.of("work")));
                assertThat(restoring.digests()).as("the present storage").isEqualTo(before);
            }
            assertThat(trials()).isEmpty();
        }
    }

    @Test
    void whatAKilledProcessHasLeftGoesWithTheNextTrial() {
        restoring.copy(copies);
        String left = "panel_trial_0123456789abcdef0123456789abcdef";
        String foreign = "panel_trial_0123456789abcdef0123456789abcdee";
        try {
            restoring.execute("CREATE DATABASE " + left + " OWNER builder");
            restoring.execute("CREATE DATABASE " + foreign + " OWNER builder");
            restoring.execute(
                    "COMMENT ON DATABASE " + left + " IS 'the panel tries a backup out here, and removes it'");

            provider.openCopies(copies, options).close();

            assertThat(trials())
                    .as("what has another comment is somebody else's")
                    .containsExactly(foreign);
        } finally {
            restoring.server().drop(left);
            restoring.server().drop(foreign);
        }
    }

    @Test
    void aTrialThatIsUnderWayIsLeftAlone() {
        restoring.copy(copies);
        try (Storage first = provider.openCopies(copies, options);
                Storage second = provider.openCopies(copies, options)) {
            assertThat(trials()).hasSize(2);
            assertThat(first.check()).isEmpty();
            assertThat(second.check()).isEmpty();
        }
        assertThat(trials()).isEmpty();
    }

    @Test
    void copiesThatCannotBeReadLeaveNothing() {
        restoring.copy(copies);
        Restoring.change(copies.resolve("queue.copy"), "COPY queue.workers", "COPY queue.elsewhere");

        assertThatThrownBy(() -> provider.openCopies(copies, options))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("queue.copy");
        assertThat(trials()).isEmpty();
    }

    @Test
    void aRoleThatMayNotMakeDatabasesIsToldWhatItLacks() {
        assertThat(provider.whyCopiesStayClosed(options)).isEmpty();
        assertThat(provider.whyCopiesStayClosed(restoring.options()))
                .hasValueSatisfying(why -> assertThat(why).contains("CREATEDB"));
        assertThatThrownBy(() -> provider.openCopies(copies, restoring.options()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("CREATEDB");
    }

    private List<String> trials() {
        return restoring.texts("SELECT datname FROM pg_database WHERE datname LIKE 'panel_trial_%'");
    }
}
