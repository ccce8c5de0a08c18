package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The API's description as a judge of real answers: the status must be among those of the operation, and the body must be
 * what the description says, to the last field.
 */
final class ApiContract {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Map<String, ApiContract> READ = new ConcurrentHashMap<>();

    private final ObjectNode document;
    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final Map<String, JsonSchema> known = new HashMap<>();

    /** The contract in a description, read once however many servers have the same. */
    static ApiContract of(String openApi) {
        return READ.computeIfAbsent(openApi, ApiContract::new);
    }

    private ApiContract(String openApi) {
        try {
            this.document = (ObjectNode) MAPPER.readTree(openApi);
        } catch (JsonProcessingException e) {
            throw new AssertionError("the description is not JSON", e);
        }
        closeObjects(document);
    }

    JsonNode document() {
        return document;
    }

    /** The operation that answers a request; empty if the description has none. */
    Optional<JsonNode> operation(String method, String path) {
        for (Map.Entry<String, JsonNode> template : document.get("paths").properties()) {
            String pattern = Pattern.quote(template.getKey()).replaceAll("\\{[a-zA-Z]+}", "\\\\E[^/]+\\\\Q");
            JsonNode operation = template.getValue().get(method.toLowerCase(Locale.ROOT));
            // A fixed path such as /components/refresh is another one than /components/{name}.
            boolean exact = template.getKey().equals(path);
            boolean fixedElsewhere = !exact
                    && document.get("paths").has(path)
                    && document.get("paths").get(path).has(method.toLowerCase(Locale.ROOT));
            if (operation != null && !fixedElsewhere && path.matches(pattern)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    /** Requires that an answer is one that the description promises. */
    void requirePromised(String method, String path, Answer answer) {
        Optional<JsonNode> operation = operation(method, path);
        if (operation.isEmpty()) {
            return;
        }
        String place = method + " " + path + " answered " + answer.status();
        JsonNode response = operation.get().get("responses").get(Integer.toString(answer.status()));
        assertThat(response)
                .as("%s, which the description does not know", place)
                .isNotNull();
        JsonNode content = response.get("content");
        if (content == null) {
            assertThat(answer.body()).as(place).isEmpty();
            return;
        }
        // What follows the semicolon is about the text, not about what it is.
        String mediaType = answer.header("content-type").orElse("").split(";")[0];
        JsonNode described = content.get(mediaType);
        assertThat(described)
                .as("%s as %s, which the description does not know", place, mediaType)
                .isNotNull();
        if (!method.equals("HEAD") && isJson(mediaType)) {
            assertThat(schema(described.get("schema")).validate(answer.json()))
                    .as("%s with %s", place, answer.body())
                    .isEmpty();
        }
        for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
            if (header.getValue().path("required").asBoolean()) {
                assertThat(answer.header(header.getKey()))
                        .as("%s: %s", place, header.getKey())
                        .isPresent();
            }
        }
    }

    /** A JSON object in each line is not one text of JSON. */
    private static boolean isJson(String mediaType) {
        return mediaType.equals("application/json") || mediaType.endsWith("+json");
    }

    private synchronized JsonSchema schema(@Nullable JsonNode described) {
        return known.computeIfAbsent(String.valueOf(described), text -> {
            ObjectNode whole = MAPPER.createObjectNode();
            whole.set("components", document.get("components"));
            whole.setAll((ObjectNode) described);
            return schemas.getSchema(whole);
        });
    }

    /** The description lets more fields come later; today's answers must not have one that it does not name. */
    private static void closeObjects(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && object.has("type")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ApiContract::closeObjects);
    }
}
