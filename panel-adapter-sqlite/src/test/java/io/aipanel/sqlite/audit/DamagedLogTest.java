package io.aipanel.sqlite.audit;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.sqlite.SqliteStorageProvider;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a log that somebody has changed who did not ask the panel. */
final class DamagedLogTest {

    private static final int EVENTS = 600;
    private static final List<NewAuditEvent> ALL =
            IntStream.range(0, EVENTS).mapToObj(i -> event("t" + i)).toList();

    @TempDir
    Path directory;

    private BehindTheBack file;

    @BeforeEach
    void fill() {
        file = new BehindTheBack(directory);
        try (Storage storage = open()) {
            storage.audit().append(ALL);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "at; 'never'; at is not a whole number",
                "at; 1.5; at is not a whole number",
                "at; 9223372036854775807; at must lie between the years 1 and 9999",
                "actor; ''; actor must not be empty",
                "actor; x'616263'; actor is not a text",
                "actor; CAST(x'616200' AS TEXT); actor must not contain the character U+0000",
                "actor; CAST(x'61ff62' AS TEXT); actor is not valid UTF-8",
                "action; 'Site.Create'; action must be lower-case words",
                "target; CAST(x'ed9fbfeda080' AS TEXT); target is not valid UTF-8",
                "target; x''; target is not a text",
                "outcome; 'SUCCESS'; outcome is none of",
                "address; ''; address must not be empty",
                "address; x'00'; address is not a text",
                "request_id; 'two words'; request_id must be",
                "details; ' '; details must not be empty",
                "details; zeroblob(3); details is not a text"
            })
    void aColumnThatIsOfNoEventIsNamed(String column, String value, String problem) throws SQLException {
        file.run("UPDATE events SET " + column + " = " + value + " WHERE \"index\" = 17");

        try (Storage storage = open()) {
            List<StoredEvent> stored = storage.audit().part(10, 20).events();
            assertThat(stored).hasSize(20);
            StoredEvent damaged = stored.get(7);
            assertThat(damaged.event()).isEmpty();
            assertThat(damaged.problem()).startsWith(problem);
            assertThat(stored).filteredOn(event -> event.event().isPresent()).hasSize(19);
            assertCorrupt("event 17 ", () -> storage.audit().event(17));
            assertCorrupt("event 17 ", () -> storage.audit().events(AuditFilter.OLDEST, PageRequest.first(1_000)));
        }
    }

    @Test
    void aTextWhoseBytesAreOtherOnesThatLookTheSameIsNoEvent() throws SQLException {
        String replacement = "\uFFFD";
        try (Storage storage = open()) {
            storage.audit().append(List.of(event(replacement)));
            assertThat(storage.audit().part(EVENTS, 1).events())
                    .extracting(stored -> stored.event().orElseThrow())
                    .containsExactly(event(replacement));
        }
        file.run("UPDATE events SET target = CAST(x'ff' AS TEXT) WHERE \"index\" = " + EVENTS);

        try (Storage storage = open()) {
            assertThat(storage.audit().part(EVENTS, 1).events())
                    .extracting(StoredEvent::problem)
                    .containsExactly("target is not valid UTF-8");
        }
    }

    @Test
    void missingAndAdditionalRowsAreToldAsTheyAre() throws SQLException {
        file.run(
                "DELETE FROM events WHERE \"index\" IN (0, 300, 598, 599)",
                copyTo(-5),
                copyTo(602),
                copyTo(Long.MAX_VALUE),
                "INSERT INTO nodes (height, \"index\", hash) VALUES (8, 7, zeroblob(32)), (9, 1, x'00'), (10, 0, 'text')",
                "DELETE FROM nodes WHERE height = 8 AND \"index\" = 1");

        try (Storage storage = open()) {
            LogPart part = storage.audit().part(0, 10_000);
            assertThat(part.tree().size()).isEqualTo(EVENTS);
            assertThat(part.events())
                    .extracting(StoredEvent::index)
                    .hasSize(598)
                    .startsWith(1L, 2L)
                    .doesNotContain(300L)
                    .endsWith(597L, 602L, Long.MAX_VALUE);
            assertThat(part.nodes())
                    .extracting(node -> node.height() + "/" + node.index())
                    .as("a hash that is none, too")
                    .containsExactly("8/0", "9/0", "9/1", "10/0", "8/7");
            assertThat(part.nodes().get(2).hash()).isEqualTo(Hash.of(new byte[Hash.BYTES]));
            assertThat(storage.audit().part(-10, 1).events())
                    .extracting(StoredEvent::index)
                    .containsExactly(-5L);
            assertThat(storage.audit().part(Long.MAX_VALUE, 1).events()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM tree",
                "UPDATE tree SET only_one = 2",
                "UPDATE tree SET size = size + 2",
                "UPDATE tree SET size = -1",
                "UPDATE tree SET size = 'many'",
                "UPDATE tree SET peaks = x'00'",
                "UPDATE tree SET peaks = 'text'",
                "UPDATE tree SET peaks = x''",
                "UPDATE tree SET cut = size + 8, cut_peaks = zeroblob(128)"
            })
    void aTreeThatIsNoneIsToldByAllButWhoLooksAtWhatIsThere(String damage) throws SQLException {
        file.run(damage);

        try (Storage storage = open()) {
            AuditRepository audit = storage.audit();
            assertThat(audit.part(0, 10_000).events()).hasSize(EVENTS);
            assertCorrupt("panel audit verify", audit::tree);
            assertCorrupt("panel audit verify", () -> audit.inclusion(1, 2));
            assertCorrupt("panel audit verify", () -> audit.consistency(1, 2));
            assertCorrupt("panel audit verify", () -> audit.cut(1, event("cut")));
        }
    }

    @Test
    void peaksThatAreNoneAreToldAsHashesThatNothingHas() throws SQLException {
        file.run("UPDATE tree SET peaks = x'00'");

        try (Storage storage = open()) {
            LogTree tree = storage.audit().part(0, 1).tree();
            assertThat(tree.size()).isEqualTo(EVENTS);
            assertThat(tree.peaks().hashes()).containsOnly(Hash.of(new byte[Hash.BYTES]));
        }
    }

    @Test
    void nothingIsAppendedWhereSomethingWasSlippedIn() throws SQLException {
        file.run(copyTo(EVENTS));

        try (Storage storage = open()) {
            assertCorrupt("never appended", () -> storage.audit().append(List.of(event("next"))));
            assertThat(storage.audit().size()).isEqualTo(EVENTS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE events SET actor = 'user:eve@example.com' WHERE \"index\" = 17",
                "UPDATE events SET action = 'No Action' WHERE \"index\" = 17",
                "DELETE FROM events WHERE \"index\" = 17",
                "UPDATE nodes SET hash = zeroblob(32) WHERE height = 8 AND \"index\" = 1",
                "UPDATE nodes SET hash = x'00' WHERE height = 8 AND \"index\" = 1",
                "DELETE FROM nodes WHERE height = 8 AND \"index\" = 1"
            })
    void noProofIsMadeOfWhatWasChanged(String damage) throws SQLException {
        file.run(damage);

        try (Storage storage = open()) {
            AuditRepository audit = storage.audit();
            assertCorrupt("panel audit verify", () -> audit.inclusion(18, EVENTS));
            assertCorrupt("panel audit verify", () -> audit.consistency(18, EVENTS));
            assertCorrupt("panel audit verify", () -> audit.cut(18, event("cut")));
            assertThat(audit.size()).as("a cut that fails appends nothing").isEqualTo(EVENTS);
            assertThat(audit.tree().first()).isZero();
            assertThat(audit.part(0, 10_000).nodes())
                    .extracting(TreeNode::height)
                    .contains(8, 9);
        }
    }

    private static String copyTo(long index) {
        return "INSERT INTO events SELECT " + index
                + ", at, actor, action, target, outcome, address, request_id, details FROM events WHERE \"index\" = 1";
    }

    private static void assertCorrupt(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StoreCorrupt.class).hasMessageContaining(message);
    }

    private Storage open() {
        return new SqliteStorageProvider().open(StorageOptions.of("sqlite:" + directory));
    }
}
