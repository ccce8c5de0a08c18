package io.aipanel.postgres.backup;

import java.util.List;
import java.util.Map;

/**
 * A table to be copied.
 *
 * @param schema the schema that it is in
 * @param name its name, which needs no quotes
 * @param columns its columns as SQL names them, but for those that the server computes
 * @param bytes how much room it takes, about
 */
record StoredTable(String schema, String name, List<String> columns, long bytes) {

    /**
     * What is appended in an order that means something is copied in it. The rest comes as it lies, without the server having
     * to sort it.
     */
    private static final Map<String, String> ORDER = Map.of("audit.events", "index");

    /** Whether its rows count as the store's own, and are not how its schema is kept. */
    static boolean isCounted(String name) {
        return !name.startsWith("databasechangelog");
    }

    /** What has the server send the rows. */
    String copyOut() {
        String all = String.join(", ", columns);
        String qualified = schema + "." + name;
        String order = ORDER.get(qualified);
        return order == null
                ? "COPY " + qualified + " (" + all + ") TO STDOUT"
                : "COPY (SELECT " + all + " FROM " + qualified + " ORDER BY " + order + ") TO STDOUT";
    }
}
