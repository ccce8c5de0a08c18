package io.aipanel.service.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aipanel.service.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last checks of a backup as JSON: {@code verified}, and {@code restored} if it was ever tried out. */
final class ChecksText {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private ChecksText() {}

    static String write(Map<String, Check> checks) {
        Map<String, Object> tree = new LinkedHashMap<>();
        checks.forEach((name, check) -> tree.put(
                name,
                Map.of(
                        "at", check.at().toString(),
                        "restored", check.restored(),
                        "took", check.took().toString(),
                        "problems", check.problems())));
        return Json.write(tree).value() + "\n";
    }

    /** The checks by name, without those that cannot be read: these have to be made again. */
    static Map<String, Check> read(String text) {
        Map<String, Check> checks = new LinkedHashMap<>();
        try {
            MAPPER.readTree(text)
                    .properties()
                    .forEach(entry -> read(entry.getValue()).ifPresent(check -> checks.put(entry.getKey(), check)));
            return checks;
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    private static Optional<Check> read(JsonNode tree) {
        try {
            List<String> problems = new ArrayList<>();
            tree.path("problems").forEach(problem -> problems.add(problem.asText()));
            return Optional.of(new Check(
                    Instant.parse(tree.path("at").asText()),
                    tree.path("restored").asBoolean(),
                    Duration.parse(tree.path("took").asText()),
                    problems));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
