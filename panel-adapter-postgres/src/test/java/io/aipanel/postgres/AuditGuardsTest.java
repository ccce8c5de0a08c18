package io.aipanel.postgres;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself refuses to whoever comes with SQL: by triggers for everyone, by rights for the owner. */
final class AuditGuardsTest {

    private static final String KEPT = "append-only";
    private static final String MUST_GROW = "never shrinks";

    private final TestServer server = TestServer.shared();
    private final String database = server.borrow();
    private final Storage storage = new PostgresStorageProvider().open(StorageOptions.of(server.url(database)));

    @BeforeEach
    void fill() {
        storage.audit().append(Collections.nCopies(300, event("a")));
        storage.checkpoints().origin("panel.test");
        server.execute(database, """
                INSERT INTO audit.checkpoints (size, key_id, at, note) VALUES (1, 1, now(), 'note');
                INSERT INTO audit.verifier_keys (key) VALUES ('key');
                """);
    }

    @AfterEach
    void close() {
        storage.close();
        server.giveBack(database);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit.events SET target = 'x' WHERE index = 3",
                "TRUNCATE audit.events",
                "UPDATE audit.nodes SET index = 7",
                "DELETE FROM audit.nodes",
                "TRUNCATE audit.nodes",
                "DELETE FROM audit.tree",
                "TRUNCATE audit.tree",
                "INSERT INTO audit.tree (size, peaks, cut, cut_peaks, adopt_until) VALUES (9, '', 0, '', 0)",
                "UPDATE audit.checkpoints SET note = 'x'",
                "DELETE FROM audit.checkpoints",
                "TRUNCATE audit.checkpoints",
                "UPDATE audit.verifier_keys SET key = 'x'",
                "DELETE FROM audit.verifier_keys",
                "TRUNCATE audit.verifier_keys",
                "UPDATE audit.origins SET name = 'x'",
                "DELETE FROM audit.origins",
                "TRUNCATE audit.origins"
            })
    void whatWasWrittenOnceStaysForTheOwnerAndForSuperusers(String sql) {
        assertThat(refusal(sql)).hasMessageContaining(KEPT);
        assertThat(catchThrowable(() -> asOwner(sql)))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as("by rights").isEqualTo("42501"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit.tree SET size = size - 1",
                "UPDATE audit.tree SET cut = cut - 1",
                "UPDATE audit.tree SET adopt_until = 1"
            })
    void theTreeNeverShrinks(String sql) {
        storage.audit().cut(2, event("cut"));

        assertThat(refusal(sql)).hasMessageContaining(MUST_GROW);
        assertThat(catchThrowable(() -> asOwner(sql))).hasMessageContaining(MUST_GROW);
    }

    @Test
    void eventsAreRemovedOnlyBelowTheCut() throws SQLException {
        assertThat(catchThrowable(() -> asOwner("DELETE FROM audit.events WHERE index = 0")))
                .hasMessageContaining(KEPT);
        storage.audit().cut(10, event("cut"));
        assertThat(catchThrowable(() -> asOwner("DELETE FROM audit.events WHERE index <= 10")))
                .as("one too many")
                .hasMessageContaining(KEPT);

        asOwner("DELETE FROM audit.events WHERE index < 5");

        assertThat(storage.audit().event(4)).isEmpty();
        assertThat(storage.audit().removeCutOff(100))
                .as("what was left of them")
                .isEqualTo(5);
        assertThat(storage.audit().event(10)).isPresent();
        assertThat(storage.check()).isEmpty();
    }

    @Test
    void theServicesOfTheLogGoOn() {
        LogTree before = storage.audit().tree();
        storage.checkpoints().keep(AnchorState.untried("file", "00c0ffee"));
        storage.checkpoints()
                .keep(new AnchorState("file", "00c0ffee", 2, Optional.of(Instant.EPOCH), Optional.empty(), ""));

        storage.audit().append(List.of(event("b")));

        assertThat(storage.audit().size()).isEqualTo(before.size() + 1);
        LogPart part = storage.audit().part(0, 10_000);
        assertThat(part.nodes()).hasSize(1);
        assertThat(storage.checkpoints().anchors())
                .extracting(AnchorState::size)
                .containsExactly(2L);
    }

    private Throwable refusal(String sql) {
        return catchThrowable(() -> server.execute(database, sql)).getCause();
    }

    private void asOwner(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?user=" + TestServer.ROLE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
