package io.aipanel.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How the server goes about a log in several partitions: it merges what each has in order, and leaves out what it can. */
final class PartitionPlanTest {

    private static final int PARTITIONS = 4;
    private static final int PAGE = 50;

    private static FilledLog log;

    @BeforeAll
    static void fill() throws SQLException {
        log = FilledLog.inPartitions(PARTITIONS);
    }

    @AfterAll
    static void close() {
        log.close();
    }

    static Stream<Arguments> questions() {
        AuditFilter all = AuditFilter.NEWEST;
        return Stream.of(
                Arguments.of(all, "at_index_idx"),
                Arguments.of(all.actor("user:7"), "actor_at_index_idx"),
                Arguments.of(all.action("area3.do-13"), "action_at_index_idx"),
                Arguments.of(all.requestId("request-020000"), "request_id_at_index_idx"));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void ofEachPartitionOnlyWhatIsWantedIsRead(AuditFilter filter, String index) {
        Plan newest = log.explain(handle -> new EventSearch(filter, PageRequest.first(PAGE)).query(handle));
        Plan oldest = log.explain(handle -> new EventSearch(filter.reversed(), PageRequest.first(PAGE)).query(handle));

        for (Plan plan : new Plan[] {newest, oldest}) {
            plan.reads(Set.of(index), PAGE + PARTITIONS);
            assertThat(plan.text()).contains("Merge Append").doesNotContain("->  Sort", "Incremental Sort");
        }
    }

    @Test
    void aBeginningOfActionsIsLookedForActionByAction() {
        log.explain(handle ->
                        new EventSearch(AuditFilter.NEWEST.action("area3."), PageRequest.first(PAGE)).query(handle))
                .reads(Set.of("action_at_index_idx"), 7 * PARTITIONS + 6 * (PAGE + PARTITIONS));
    }

    @Test
    void whatIsLookedForByItsIndexIsInOnePartition() {
        Plan one = log.explain(handle ->
                handle.createQuery(EventRow.SELECT + "WHERE index = :index").bind("index", 20_000L));

        one.reads(Set.of("pkey"), 1);
        assertThat(one.partitions()).containsExactly("events_20000");
        Plan stretch = log.explain(handle -> Stretch.events(handle, 19_990, PAGE));
        stretch.reads(Set.of("pkey"), PAGE);
        assertThat(stretch.partitions()).doesNotContain("events_0");
    }
}
