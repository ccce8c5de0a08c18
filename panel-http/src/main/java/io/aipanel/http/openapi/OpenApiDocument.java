package io.aipanel.http.openapi;

import io.aipanel.http.web.Method;
import io.aipanel.http.web.Problem;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes routes in OpenAPI 3.1. Pages are left out: they are for people. */
public final class OpenApiDocument {

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");
    private static final String JSON = "application/json";
    private static final String PROBLEM_JSON = "application/problem+json";

    private final List<Route> routes;
    private final JsonSchemas schemas = new JsonSchemas();

    private OpenApiDocument(List<Route> routes) {
        this.routes = routes.stream().filter(route -> !route.isPage()).toList();
    }

    /**
     * The document, as maps and lists.
     *
     * @param routes what is served
     * @param version the version of the program
     */
    public static Map<String, Object> of(List<Route> routes, String version) {
        return new OpenApiDocument(routes).write(version);
    }

    private Map<String, Object> write(String version) {
        Map<String, Object> problem = schemas.reference(problemSchema());
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        for (Route route : routes) {
            paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
                    .put(route.method().name().toLowerCase(Locale.ROOT), operation(route, problem));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Panel", "version", version));
        document.put("paths", paths);
        document.put("components", components());
        return document;
    }

    private Map<String, Object> components() {
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", schemas.named());
        components.put(
                "securitySchemes",
                Map.of(
                        "session",
                        Map.of("type", "apiKey", "in", "cookie", "name", "panel_session"),
                        "token",
                        Map.of("type", "http", "scheme", "bearer")));
        return components;
    }

    private Map<String, Object> operation(Route route, Map<String, Object> problem) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", route.action());
        operation.put("summary", route.summary());
        if (!route.rule().permissions().isEmpty()) {
            operation.put("description", "Needs " + route.rule().needs() + ".");
        }
        List<Map<String, Object>> parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (route.body() instanceof Route.BodyKind.Json json) {
            operation.put(
                    "requestBody",
                    Map.of("required", json.required(), "content", content(JSON, schemas.of(json.schema()))));
        }
        operation.put("responses", responses(route, problem));
        operation.put("security", security(route.rule()));
        return operation;
    }

    /** Each of the list will do, and an empty one is nothing at all. */
    private static List<Map<String, Object>> security(Rule rule) {
        List<Map<String, Object>> ways = new ArrayList<>();
        if (rule.needsSignIn()) {
            ways.add(Map.of("session", List.of()));
            ways.add(Map.of("token", List.of()));
            if (!rule.needsSignIn(true)) {
                ways.add(Map.of());
            }
        }
        return ways;
    }

    private List<Map<String, Object>> parameters(Route route) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        Matcher inPath = PARAMETER.matcher(route.path());
        while (inPath.find()) {
            parameters.add(Map.of(
                    "name", inPath.group(1), "in", "path", "required", true, "schema", schemas.of(Schema.text())));
        }
        for (Route.QueryParameter query : route.query()) {
            parameters.add(Map.of(
                    "name", query.name(),
                    "in", "query",
                    "description", query.description(),
                    "schema", schemas.of(query.schema())));
        }
        if (isConditional(route)) {
            parameters.add(Map.of(
                    "name", "If-Match",
                    "in", "header",
                    "description", "The ETag of what was read, so that nobody else's change is overwritten",
                    "schema", schemas.of(Schema.text())));
        }
        return parameters;
    }

    private Map<String, Object> responses(Route route, Map<String, Object> problem) {
        Map<String, Object> responses = new TreeMap<>();
        for (int status :
                route.answers().stream().map(Route.Answer::status).distinct().toList()) {
            responses.put(Integer.toString(status), response(route, status));
        }
        for (int status : Failures.of(route, isConditional(route))) {
            responses.putIfAbsent(
                    Integer.toString(status),
                    Map.of("description", Failures.meaning(status), "content", content(PROBLEM_JSON, problem)));
        }
        return responses;
    }

    /** All answers with one status: one answer may come as one of several kinds of body. */
    private Map<String, Object> response(Route route, int status) {
        List<Route.Answer> answers = route.answers().stream()
                .filter(answer -> answer.status() == status)
                .toList();
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("description", route.summary());
        Map<String, Object> headers = new LinkedHashMap<>();
        if (answers.stream().anyMatch(Route.Answer::versioned)) {
            headers.put("ETag", Map.of("required", true, "schema", schemas.of(Schema.text())));
        }
        if (status == 201 && route.method() == Method.POST && !route.action().equals("session.login")) {
            // Several things at once have no place of their own.
            boolean always = answers.stream()
                    .flatMap(answer -> answer.schema().stream())
                    .noneMatch(Schema.OneOf.class::isInstance);
            headers.put("Location", Map.of("required", always, "schema", schemas.of(Schema.text("uri-reference"))));
        }
        if (!headers.isEmpty()) {
            response.put("headers", headers);
        }
        Map<String, Object> bodies = new LinkedHashMap<>();
        answers.forEach(answer ->
                answer.schema().ifPresent(schema -> bodies.putAll(content(answer.mediaType(), schemas.of(schema)))));
        if (!bodies.isEmpty()) {
            response.put("content", bodies);
        }
        return response;
    }

    /** Whether a change can be made to depend on the version that was read. */
    private boolean isConditional(Route route) {
        boolean changes = route.method() == Method.PATCH || route.method() == Method.DELETE;
        return changes
                && routes.stream()
                        .filter(other -> other.path().equals(route.path()) && other.method() == Method.GET)
                        .flatMap(other -> other.answers().stream())
                        .anyMatch(Route.Answer::versioned);
    }

    private static Map<String, Object> content(String mediaType, Map<String, Object> schema) {
        return Map.of(mediaType, Map.of("schema", schema));
    }

    /** Like any other view, but its field is left out rather than null. */
    private static Schema.ObjectOf problemSchema() {
        Schema.ObjectOf all = ViewSchemas.of(Problem.class);
        return new Schema.ObjectOf(
                all.name(),
                all.fields().stream()
                        .map(field -> new Schema.Field(
                                field.name(), field.schema(), !field.nullable(), false, field.description()))
                        .toList());
    }
}
