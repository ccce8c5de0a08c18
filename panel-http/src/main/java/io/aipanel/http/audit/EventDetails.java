package io.aipanel.http.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipanel.domain.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The details of an event as people read them.
 *
 * @param changes what was changed, where the details say what was before and after
 * @param json all of them, indented
 */
record EventDetails(List<Change> changes, String json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A value that was changed.
     *
     * @param name which one
     * @param before what it was
     * @param after what it is
     */
    record Change(String name, String before, String after) {}

    static EventDetails of(JsonText details) {
        try {
            JsonNode root = JSON.readTree(details.value());
            return new EventDetails(
                    changes(root.path("before"), root.path("after")),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
        } catch (JsonProcessingException e) {
            // Whatever a program has recorded is shown.
            return new EventDetails(List.of(), details.value());
        }
    }

    private static List<Change> changes(JsonNode before, JsonNode after) {
        if (!before.isObject() || !after.isObject()) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            if (!before.path(name).equals(after.path(name))) {
                changes.add(new Change(name, shown(before.path(name)), shown(after.path(name))));
            }
        }
        return changes;
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "–";
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
