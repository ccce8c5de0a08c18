package io.aipanel.service.capacity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a job holds that tells somebody of a change: the facts. What is said about them, and how the one is reached, is added
 * when it is told.
 *
 * @param notifier who is told
 * @param id identifies the change
 * @param change what has changed
 */
record NoticePayload(String notifier, UUID id, StateChange change) {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    Map<String, @Nullable Object> toTree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("notifier", notifier);
        tree.put("id", id.toString());
        tree.put("threshold", change.threshold().wireName());
        tree.put("from", change.from().wireName());
        tree.put("to", change.to().wireName());
        tree.put("value", change.value().orElse(null));
        tree.put("limit", change.limit());
        tree.put("since", change.since().toString());
        return tree;
    }

    /**
     * Reads what {@link #toTree} has written.
     *
     * @throws InvalidValueException if it is something else
     */
    static NoticePayload parse(String json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            Optional<Double> value =
                    Optional.of(tree.path("value")).filter(JsonNode::isNumber).map(JsonNode::doubleValue);
            return new NoticePayload(
                    tree.path("notifier").asText(),
                    UUID.fromString(tree.path("id").asText()),
                    new StateChange(
                            Threshold.ofWireName(tree.path("threshold").asText()),
                            ThresholdState.ofWireName(tree.path("from").asText()),
                            ThresholdState.ofWireName(tree.path("to").asText()),
                            value,
                            tree.path("limit").asDouble(),
                            Instant.parse(tree.path("since").asText())));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new InvalidValueException("payload", "must be what the panel itself has enqueued (" + e + ")");
        }
    }
}
