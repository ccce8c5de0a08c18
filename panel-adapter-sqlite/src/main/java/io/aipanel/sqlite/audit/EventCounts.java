package io.aipanel.sqlite.audit;

import io.aipanel.domain.Timestamps;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.EventCount;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts events. */
final class EventCounts {

    private static final long HOUR = TimeUnit.HOURS.toMicros(1);
    private static final long DAY = TimeUnit.DAYS.toMicros(1);

    private EventCounts() {}

    static List<EventCount> run(StoreConnection audit, AuditFilter filter, EventGrouping by) {
        EventConditions conditions = new EventConditions(filter);
        boolean byTime = by == EventGrouping.HOUR || by == EventGrouping.DAY;
        String sql = "SELECT " + group(by) + " AS found, count(*) AS events FROM " + source(conditions, filter, by)
                + " GROUP BY found ORDER BY " + (byTime ? "found" : "events DESC, found") + " LIMIT "
                + AuditRepository.MAX_GROUPS;
        List<EventCount> counts = new ArrayList<>();
        try (Rows row = audit.rows(sql, conditions.binding())) {
            while (row.next()) {
                String group = byTime ? Timestamps.ofEpochMicros(row.number()).toString() : row.text();
                counts.add(new EventCount(group, row.number()));
            }
        }
        return counts;
    }

    /** Who counts everything reads it all: best where nothing else is read, or else as it lies in the file. */
    private static String source(EventConditions conditions, AuditFilter filter, EventGrouping by) {
        if (!filter.equals(AuditFilter.OLDEST) && !filter.equals(AuditFilter.NEWEST)) {
            return conditions.source();
        }
        return switch (by) {
            case ACTION -> "events INDEXED BY events_by_action";
            case ACTOR -> "events INDEXED BY events_by_actor";
            case OUTCOME -> "events NOT INDEXED";
            case HOUR, DAY -> "events INDEXED BY events_by_time";
        };
    }

    private static String group(EventGrouping by) {
        return switch (by) {
            case ACTION -> "action";
            case ACTOR -> "actor";
            case OUTCOME -> "outcome";
            case HOUR -> beginning(HOUR);
            case DAY -> beginning(DAY);
        };
    }

    /** SQLite's remainder has the sign of the time, which is negative before 1970. */
    private static String beginning(long micros) {
        return "at - (at % " + micros + " + " + micros + ") % " + micros;
    }
}
