package io.aipanel.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.postgres.PostgresStorageHarness;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Into which tables a log is read. */
final class LogPartitionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0   | 0   | 0 MAXVALUE                     | 0
                    0   | 100 | 0 MAXVALUE                     | 0
                    0   | 101 | 0 100, 100 MAXVALUE            | 100
                    0   | 250 | 0 100, 100 200, 200 MAXVALUE   | 200
                    0   | 300 | 0 100, 100 200, 200 MAXVALUE   | 200
                    130 | 230 | 0 MAXVALUE                     | 0
                    130 | 231 | 0 230, 230 MAXVALUE            | 230
                    130 | 460 | 0 230, 230 330, 330 430, 430 MAXVALUE | 430
                    """)
    void noneIsLargerThanThoseThatTheLogBegins(long cut, long size, String bounds, long newest) throws SQLException {
        try (PostgresStorageHarness harness = PostgresStorageHarness.forOneTest();
                Connection connection = owner(harness)) {
            LogPartitions partitions = new LogPartitions(new LogTree(peaks(size), peaks(cut)), 100);

            partitions.make(connection);
            partitions.note(connection);

            List<String> found = texts(connection, """
                    SELECT regexp_replace(pg_get_expr(relpartbound, pg_class.oid), '[^0-9A-Z ]|FOR VALUES FROM |TO ', '', 'g')
                    FROM pg_class JOIN pg_inherits ON inhrelid = pg_class.oid
                    WHERE inhparent = 'audit.events'::regclass ORDER BY substr(relname, 8)::bigint
                    """);
            assertThat(String.join(", ", found)).isEqualTo(bounds);
            assertThat(texts(
                            connection,
                            "SELECT partition_from || ' ' || next_partition_size || ' ' || (next_partition_at > now())"
                                    + " FROM audit.tree"))
                    .containsExactly(newest + " " + (newest + 100) + " true");
        }
    }

    @Test
    void theyAreGuardedAndTheLogGoesOn() throws SQLException {
        try (PostgresStorageHarness harness = PostgresStorageHarness.forOneTest()) {
            try (Connection connection = owner(harness)) {
                LogPartitions partitions = new LogPartitions(new LogTree(peaks(250), Peaks.NONE), 100);
                partitions.make(connection);
                partitions.note(connection);
                assertThat(texts(
                                connection,
                                "SELECT has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE') FROM pg_class"
                                        + " WHERE relispartition AND relkind = 'r' AND relname LIKE 'events%'"))
                        .containsOnly("f")
                        .hasSize(3);
            }
            harness.execute("UPDATE audit.tree SET partition_from = 200");
            harness.storage().audit().append(Collections.nCopies(320, AuditSamples.event("a")));
            harness.storage().audit().append(List.of(AuditSamples.event("b")));
            harness.storage().audit().cut(250, AuditSamples.event("cut"));

            assertThat(harness.storage().audit().removeCutOff(1_000)).isEqualTo(250);
            assertThat(harness.storage().check()).isEmpty();
        }
    }

    private static Peaks peaks(long size) {
        return new Peaks(size, Collections.nCopies(Long.bitCount(size), Hash.ofNothing()));
    }

    private static Connection owner(PostgresStorageHarness harness) throws SQLException {
        return DriverManager.getConnection(
                harness.options().url().replace("postgresql://panel@", "jdbc:postgresql://") + "?user=panel");
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
