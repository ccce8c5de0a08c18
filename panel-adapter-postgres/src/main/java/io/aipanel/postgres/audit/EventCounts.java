package io.aipanel.postgres.audit;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.EventCount;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.postgres.storage.Rows;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Counts events. */
final class EventCounts {

    private EventCounts() {}

    static List<EventCount> run(Handle handle, AuditFilter filter, EventGrouping by) {
        EventConditions conditions = new EventConditions(filter);
        boolean byTime = by == EventGrouping.HOUR || by == EventGrouping.DAY;
        String sql = "SELECT " + group(by) + " AS found, count(*) AS events FROM audit.events" + conditions.where()
                + " GROUP BY found ORDER BY " + (byTime ? "found" : "events DESC, found") + " LIMIT :most";
        return conditions
                .bind(handle.createQuery(sql))
                .bind("most", AuditRepository.MAX_GROUPS)
                .map((row, context) -> new EventCount(
                        byTime ? Rows.time(row, "found").toString() : row.getString("found"), row.getLong("events")))
                .list();
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
