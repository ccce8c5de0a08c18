package io.aipanel.postgres.backup;

import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.backup.RowReceiver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of {@code queue.tallies} as other engines have them: one for each queue and state, in which all are summed up. */
final class TallySums {

    static final String TABLE = "tallies";

    private final PortableTable table;
    private final Map<List<String>, Sum> sums = new LinkedHashMap<>();

    /** @param table the table as every engine has it */
    TallySums(PortableTable table) {
        this.table = table;
    }

    /** Adds a row. */
    void add(@Nullable Object[] row) {
        Sum sum = new Sum(number(row, "jobs"), number(row, "ended"));
        sums.merge(List.of(text(row, "queue"), text(row, "state")), sum, Sum::plus);
    }

    /** Gives the sums that are not zero. */
    void giveTo(RowReceiver rows) {
        sums.forEach((key, sum) -> {
            if (sum.jobs() != 0 || sum.ended() != 0) {
                @Nullable Object[] row = new Object[table.columns().size()];
                row[table.position("queue")] = key.get(0);
                row[table.position("state")] = key.get(1);
                row[table.position("jobs")] = sum.jobs();
                row[table.position("ended")] = sum.ended();
                rows.take(table, row);
            }
        });
    }

    private String text(@Nullable Object[] row, String column) {
        return String.valueOf(row[table.position(column)]);
    }

    private long number(@Nullable Object[] row, String column) {
        return row[table.position(column)] instanceof Long number ? number : 0;
    }

    private record Sum(long jobs, long ended) {

        private Sum plus(Sum other) {
            return new Sum(jobs + other.jobs, ended + other.ended);
        }
    }
}
