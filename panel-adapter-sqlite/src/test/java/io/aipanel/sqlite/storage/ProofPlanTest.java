package io.aipanel.sqlite.storage;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.audit.EarlierEvents;
import io.aipanel.sqlite.audit.SqliteAuditRepository;
import io.aipanel.sqlite.audit.SqliteCheckpointRepository;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How SQLite goes about what keeps and proves the log: no call costs more because the log is long. */
final class ProofPlanTest {

    private static final VerifierKey KEY =
            VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");

    @TempDir
    Path directory;

    private RecordedStore store;
    private AuditRepository audit;
    private CheckpointRepository checkpoints;

    @BeforeEach
    void open() throws SQLException {
        store = RecordedStore.of(directory, StoreName.AUDIT);
        audit = new SqliteAuditRepository(store);
        checkpoints = new SqliteCheckpointRepository(store);
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
    }

    @Test
    void anAppendReadsAndWritesOneRowBesidesWhatItAppends() {
        append(1);
        store.forget();
        append(1);

        assertThat(store.statements())
                .extracting(sql -> sql.split("\\s+")[0] + " " + store.plan(sql))
                .containsExactly(
                        "SELECT [SEARCH tree USING INTEGER PRIMARY KEY (rowid=?)]",
                        "INSERT []",
                        "UPDATE [SEARCH tree USING INTEGER PRIMARY KEY (rowid=?)]");
    }

    @Test
    void nothingThatGrowsIsReadFromEndToEnd() {
        append(600);
        audit.size();
        audit.tree();
        audit.event(7);
        audit.inclusion(7, 600);
        audit.consistency(7, 600);
        audit.part(300, 100);
        audit.cut(300, event("cut"));
        audit.removeCutOff(10);
        EarlierEvents.takeIn(store);
        keepAndLookUp();

        assertThat(store.statements()).hasSizeGreaterThan(20);
        for (String sql : store.statements()) {
            assertThat(store.plan(sql))
                    .as("the plan of %s", sql)
                    .noneMatch(step ->
                            step.matches("SCAN (events|nodes|checkpoints|tree)\\b.*") && !step.endsWith("checkpoints"))
                    .noneMatch(step -> step.startsWith("USE TEMP B-TREE FOR ORDER BY"));
        }
    }

    @Test
    void checkpointsAreReadInTheOrderInWhichTheyLie() {
        keepAndLookUp();

        assertThat(store.statements())
                .filteredOn(sql -> sql.startsWith("SELECT at, note"))
                .hasSize(4)
                .allSatisfy(sql -> assertThat(store.plan(sql).get(0))
                        .matches("SCAN checkpoints|SEARCH checkpoints USING (PRIMARY KEY \\(size>\\?\\)|"
                                + "INDEX checkpoints_by_key \\(key_id=\\?\\))"));
    }

    private void keepAndLookUp() {
        checkpoints.origin("example.org/former");
        checkpoints.beginOrigin("example.org/log");
        checkpoints.origins();
        checkpoints.keep(KEY);
        checkpoints.keys();
        for (int size = 1; size <= 3; size++) {
            checkpoints.keep(new KeptCheckpoint(
                    Instant.EPOCH,
                    new SignedCheckpoint(
                            new Checkpoint("example.org/log", size, Hash.ofNothing()).text(),
                            List.of(new SignedCheckpoint.Signature(KEY.name(), KEY.id(), "AAAA")))));
        }
        checkpoints.latest();
        checkpoints.latest(KEY);
        PageRequest page = PageRequest.first(1);
        checkpoints.checkpoints(page.after(checkpoints.checkpoints(page).next().orElseThrow()));
        checkpoints.keep(AnchorState.untried("file", "00c0ffee"));
        checkpoints.anchors();
        checkpoints.forgetAnchor("file");
    }

    private void append(int number) {
        List<NewAuditEvent> events =
                IntStream.range(0, number).mapToObj(i -> event("t" + i)).toList();
        audit.append(events);
    }
}
