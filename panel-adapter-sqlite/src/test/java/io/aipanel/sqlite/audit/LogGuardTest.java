package io.aipanel.sqlite.audit;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.sqlite.SqliteStorageProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the file itself refuses, whoever asks for it. */
final class LogGuardTest {

    private static final int CUT = 100;

    @TempDir
    Path directory;

    private BehindTheBack file;

    @BeforeEach
    void fill() throws Exception {
        file = new BehindTheBack(directory);
        List<NewAuditEvent> events =
                IntStream.range(0, 300).mapToObj(i -> event("t" + i)).toList();
        try (Storage storage = open()) {
            storage.audit().append(events);
            storage.audit().cut(CUT, event("cut"));
        }
        file.execute(
                "INSERT INTO checkpoints (size, key_id, at, note) VALUES (7, 1, 0, 'note')",
                "INSERT INTO verifier_keys (key) VALUES ('key')",
                "INSERT INTO origins (seq, name, from_size) VALUES (1, 'example.org/log', 0), (2, 'example.org/now', 9)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE events SET actor = 'nobody' WHERE \"index\" = 200",
                "UPDATE events SET actor = 'nobody' WHERE \"index\" = 0",
                "UPDATE events SET \"index\" = 1000 WHERE \"index\" = 0",
                "UPDATE OR REPLACE events SET \"index\" = 150 WHERE \"index\" = 200",
                "DELETE FROM events",
                "DELETE FROM events WHERE \"index\" = 100",
                "DELETE FROM events WHERE \"index\" = 300",
                "INSERT OR REPLACE INTO events SELECT 200, at, actor, 'x', target, outcome, NULL, NULL, details FROM events"
                        + " WHERE \"index\" = 201",
                "INSERT INTO events (\"index\", at, actor, action, target, outcome, details)"
                        + " VALUES (-1, 0, 'a', 'x', '', 'success', '{}')",
                "UPDATE tree SET size = 300",
                "UPDATE tree SET cut = 99",
                "UPDATE tree SET cut = 302",
                "UPDATE tree SET adopt_until = 400",
                "DELETE FROM tree",
                "INSERT OR REPLACE INTO tree (only_one, size, peaks, cut, cut_peaks, adopt_until)"
                        + " VALUES (1, 0, x'', 0, x'', 0)",
                "UPDATE nodes SET hash = zeroblob(32)",
                "DELETE FROM nodes",
                "INSERT OR REPLACE INTO nodes (height, \"index\", hash) VALUES (8, 0, zeroblob(32))",
                "UPDATE checkpoints SET note = 'other'",
                "DELETE FROM checkpoints",
                "INSERT OR REPLACE INTO checkpoints (size, key_id, at, note) VALUES (7, 1, 0, 'other')",
                "UPDATE origins SET name = 'example.org/other' WHERE seq = 1",
                "UPDATE origins SET from_size = 10 WHERE seq = 2",
                "DELETE FROM origins WHERE seq = 2",
                "INSERT OR REPLACE INTO origins (seq, name, from_size) VALUES (2, 'example.org/other', 9)",
                "INSERT OR REPLACE INTO origins (seq, name, from_size) VALUES (3, 'example.org/log', 9)",
                "INSERT INTO origins (seq, name, from_size) VALUES (3, 'example.org/other', 8)",
                "INSERT INTO origins (seq, name, from_size) VALUES (0, 'example.org/other', 0)",
                "UPDATE verifier_keys SET key = 'other'",
                "DELETE FROM verifier_keys",
                "INSERT OR REPLACE INTO verifier_keys (seq, key) VALUES (1, 'other')"
            })
    void isRefused(String sql) {
        assertThatThrownBy(() -> file.execute(sql)).hasMessageContaining("SQLITE_CONSTRAINT");
    }

    @Test
    void whatIsBelowARecordedCutMayBeRemoved() {
        assertThatCode(() -> file.execute("DELETE FROM events WHERE \"index\" < " + CUT))
                .doesNotThrowAnyException();

        try (Storage storage = open()) {
            assertThat(storage.audit().event(CUT - 1)).isEmpty();
            assertThat(storage.audit().event(CUT)).isPresent();
            assertThat(storage.audit().removeCutOff(10)).isZero();
        }
    }

    @Test
    void withoutItsTreeNothingMayBeRemoved() throws Exception {
        file.execute("DROP TRIGGER the_tree_is_never_removed", "DELETE FROM tree");

        assertThatThrownBy(() -> file.execute("DELETE FROM events WHERE \"index\" = 0"))
                .hasMessageContaining("never removed");
    }

    private Storage open() {
        return new SqliteStorageProvider().open(StorageOptions.of("sqlite:" + directory));
    }
}
