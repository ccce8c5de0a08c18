package io.aipanel.bench.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Results for programs: one JSON document. */
public final class JsonReport {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonReport() {}

    /** The document, with a line end after it. Times are in milliseconds. */
    public static String of(Outcome outcome) {
        Environment environment = outcome.environment();
        ObjectNode document = MAPPER.createObjectNode();
        document.put("bench", outcome.bench());
        document.put("engine", outcome.engine().wireName());
        ObjectNode where = document.putObject("environment")
                .put("cpus", environment.cpus())
                .put("java", environment.java())
                .put("database", environment.database())
                .put("durability", environment.durability())
                .put("quick", environment.quick());
        environment
                .main()
                .ifPresent(main -> where.put("jobs", main.amount()).put("window", rounded(main.windowMillis())));
        ArrayNode results = document.putArray("results");
        for (Result result : outcome.results()) {
            ObjectNode node = results.addObject()
                    .put("name", result.name())
                    .put("value", rounded(result.value()))
                    .put("unit", result.unit());
            ObjectNode ratio = node.putObject("ratio");
            result.ratio().forEach((whom, value) -> ratio.put(whom, rounded(value)));
        }
        return document + "\n";
    }

    /** A thousandth is finer than any figure here is sure. */
    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
