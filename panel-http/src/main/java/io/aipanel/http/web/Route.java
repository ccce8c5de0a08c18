package io.aipanel.http.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that can be asked of the panel. The server, the API's description and the tests of who may do what are all
 * made from the same routes, so they cannot disagree.
 *
 * @param method how it is asked
 * @param path where, with parameters in braces, for example {@code /api/v1/sites/{id}}
 * @param action what it does: unique, and as the audit log calls it where it changes something, for example
 *     {@code site.add}
 * @param rule who may ask
 * @param summary what it does, for people, in a few words
 * @param query the query parameters that count; others are ignored
 * @param body what the request must carry
 * @param answers what comes back when it goes well, by status
 * @param handler does it
 * @param meanwhile answers while a backup is being restored and there is no panel to ask; empty if that is refused then
 */
public record Route(
        Method method,
        String path,
        String action,
        Rule rule,
        String summary,
        List<QueryParameter> query,
        BodyKind body,
        List<Answer> answers,
        Handler handler,
        Optional<Handler> meanwhile) {

    private static final String JSON = "application/json";

    private static final Pattern PATH = Pattern.compile("/|(/([a-zA-Z0-9._-]+|\\{[a-zA-Z]+}))+");

    /**
     * @throws NullPointerException if something is missing, the rule above all
     * @throws IllegalArgumentException if the path has another form, or it answers while nobody can be recognised though not
     *     everybody may ask
     */
    public Route {
        Objects.requireNonNull(rule, () -> method + " " + path + " must say who may call it");
        Objects.requireNonNull(handler, () -> method + " " + path + " must have a handler");
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("not a path: " + path);
        }
        if (meanwhile.isPresent() && rule.needsSignIn()) {
            throw new IllegalArgumentException(
                    method + " " + path + " answers while there is no panel, so everybody must be allowed to ask");
        }
        query = List.copyOf(query);
        answers = List.copyOf(answers);
    }

    /**
     * A query parameter.
     *
     * @param name its name
     * @param schema what it must look like
     * @param description what it is for
     */
    public record QueryParameter(String name, Schema schema, String description) {}

    /** What a request must carry. */
    public sealed interface BodyKind {
        /** Nothing; what comes is not read. */
        record None() implements BodyKind {}

        /**
         * A JSON text.
         *
         * @param schema what it must look like
         */
        record Json(Schema schema, boolean required) implements BodyKind {}

        /** The fields of a form ({@code application/x-www-form-urlencoded}). */
        record Form() implements BodyKind {}
    }

    /**
     * An answer when it goes well.
     *
     * @param status the status
     * @param schema the body; empty if there is none, or it is a page
     * @param mediaType what the body is
     * @param versioned whether the answer has an {@code ETag} that {@code If-Match} understands
     */
    public record Answer(int status, Optional<Schema> schema, String mediaType, boolean versioned) {}

    /** Starts to describe a route of the JSON API. */
    public static Builder api(Method method, String path, String action, Rule rule) {
        return new Builder(method, "/api/v1" + path, action, rule);
    }

    /** Starts to describe a route outside the JSON API. */
    public static Builder at(Method method, String path, String action, Rule rule) {
        return new Builder(method, path, action, rule);
    }

    /** Whether it belongs to the pages, whose errors are pages, too. */
    public boolean isPage() {
        return answers.stream().allMatch(answer -> answer.schema().isEmpty()) && !path.startsWith("/api/");
    }

    /** Puts a route together. */
    public static final class Builder {
        private final Method method;
        private final String path;
        private final String action;
        private final Rule rule;
        private final List<QueryParameter> query = new ArrayList<>();
        private final List<Answer> answers = new ArrayList<>();
        private String summary = "";
        private BodyKind body = new BodyKind.None();

        private Builder(Method method, String path, String action, Rule rule) {
            this.method = method;
            this.path = path;
            this.action = action;
            this.rule = rule;
        }

        /** What the route does, in a few words. */
        public Builder summary(String words) {
            summary = words;
            return this;
        }

        /** A query parameter that counts. */
        public Builder query(String name, Schema schema, String description) {
            query.add(new QueryParameter(name, schema, description));
            return this;
        }

        /** The parameters of a list: {@code limit} and {@code cursor}. */
        public Builder paged() {
            return query("limit", Schema.wholeNumber(), "The most items, 1 to 1000; 100 if it is not given")
                    .query("cursor", Schema.text(), "The nextCursor of the page before");
        }

        /** A JSON text that the request must carry. */
        public Builder takes(Schema schema) {
            body = new BodyKind.Json(schema, true);
            return this;
        }

        /** A JSON text that the request may carry; without one it is taken to be an object without fields. */
        public Builder mayTake(Schema schema) {
            body = new BodyKind.Json(schema, false);
            return this;
        }

        /** The fields of a form that the request must carry. */
        public Builder takesForm() {
            body = new BodyKind.Form();
            return this;
        }

        /** An answer with a JSON body. */
        public Builder answers(int status, Schema schema) {
            answers.add(new Answer(status, Optional.of(schema), JSON, false));
            return this;
        }

        /** An answer with a JSON body and an {@code ETag}. */
        public Builder answersVersioned(int status, Schema schema) {
            answers.add(new Answer(status, Optional.of(schema), JSON, true));
            return this;
        }

        /** An answer whose body is a text that is not JSON. */
        public Builder answersText(int status, String mediaType) {
            answers.add(new Answer(status, Optional.of(Schema.text()), mediaType, false));
            return this;
        }

        /** An answer without a body, or with a page. */
        public Builder answers(int status) {
            answers.add(new Answer(status, Optional.empty(), JSON, false));
            return this;
        }

        /** The route. */
        public Route handledBy(Handler handler) {
            return handledBy(handler, Optional.empty());
        }

        /** The route, which asks nothing of the panel: it answers while a backup is being restored, too. */
        public Route alwaysHandledBy(Handler handler) {
            return handledBy(handler, Optional.of(handler));
        }

        /** The route, which answers in another way while a backup is being restored. */
        public Route handledBy(Handler handler, Handler meanwhile) {
            return handledBy(handler, Optional.of(meanwhile));
        }

        private Route handledBy(Handler handler, Optional<Handler> meanwhile) {
            return new Route(method, path, action, rule, summary, query, body, answers, handler, meanwhile);
        }
    }
}
