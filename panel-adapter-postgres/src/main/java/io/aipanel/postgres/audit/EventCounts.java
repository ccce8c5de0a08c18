package io.aipanel.postgres.audit;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.EventCount;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.postgres.storage.Rows;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Counts events. */
final class EventCounts {

    private EventCounts() {}

    static List<EventCount> run(Handle handle, AuditFilter filter, EventGrouping by) {
        return query(handle, filter, by)
                .map((row, context) -> new EventCount(
                        isByTime(by) ? Rows.time(row, "found").toString() : row.getString("found"),
                        row.getLong("events")))
                .list();
    }

    /** The query for the groups, in their order. */
    static Query query(Handle handle, AuditFilter filter, EventGrouping by) {
        EventConditions conditions = new EventConditions(filter);
        String sql = "SELECT " + group(by) + " AS found, count(*) AS events FROM audit.events" + conditions.where()
                + " GROUP BY found ORDER BY " + (isByTime(by) ? "found" : "events DESC, found") + " LIMIT :most";
        return conditions.bind(handle.createQuery(sql)).bind("most", AuditRepository.MAX_GROUPS);
    }

    private static boolean isByTime(EventGrouping by) {
        return by == EventGrouping.HOUR || by == EventGrouping.DAY;
    }

    private static String group(EventGrouping by) {
        return switch (by) {
            case ACTION -> "action";
            case ACTOR -> "actor";
            case OUTCOME -> "outcome";
            case HOUR -> "date_trunc('hour', at, 'UTC')";
            case DAY -> "date_trunc('day', at, 'UTC')";
        };
    }
}
