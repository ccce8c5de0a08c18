package io.aipanel.http.openapi;

import io.aipanel.http.web.Method;
import io.aipanel.http.web.Route;
import java.util.Set;
import java.util.TreeSet;

/** The ways in which a route can go wrong: they follow from what it takes and who may call it. */
final class Failures {

    private Failures() {}

    /**
     * The statuses of a route's problems.
     *
     * @param conditional whether the route understands {@code If-Match}
     */
    static Set<Integer> of(Route route, boolean conditional) {
        Set<Integer> statuses = new TreeSet<>(Set.of(400, 421, 500));
        boolean usesStores =
                !route.path().startsWith("/health/") && !route.path().equals("/openapi.json");
        boolean takesBody = !(route.body() instanceof Route.BodyKind.None);
        if (usesStores) {
            statuses.add(503);
        }
        if (route.rule().needsSignIn()) {
            statuses.addAll(Set.of(401, 403));
        }
        if (takesBody) {
            statuses.addAll(Set.of(413, 415));
        }
        if (route.path().contains("{")
                || Set.of("metrics.show", "audit.checkpoint").contains(route.action())) {
            statuses.add(404);
        }
        if (route.method().isUnsafe()) {
            statuses.addAll(Set.of(403, 409));
        }
        if (route.action().equals("audit.verify")) {
            statuses.add(409);
        }
        if (conditional) {
            statuses.add(412);
        }
        if (route.action().equals("session.login")) {
            statuses.addAll(Set.of(401, 429));
        }
        if (route.action().equals("user.change-password")) {
            statuses.add(429);
        }
        if (route.method() == Method.POST && route.action().equals("component.refresh")) {
            statuses.add(502);
        }
        if (route.action().equals("backup.restore")) {
            statuses.add(501);
        }
        return statuses;
    }

    /** What a status means here. */
    static String meaning(int status) {
        return switch (status) {
            case 400 -> "A value is not valid, and the problem names the field; or the request is no HTTP";
            case 401 -> "Not signed in";
            case 403 -> "Not allowed, or from a page of another site";
            case 404 -> "There is no such thing, or none that whoever asks may see";
            case 409 ->
                "It is there already or is just being done, something else depends on it, or it has changed meanwhile";
            case 412 -> "It has another version than If-Match says";
            case 413 -> "The body is too large";
            case 415 -> "The body is of another type";
            case 421 -> "The request means another server";
            case 429 -> "Too many attempts; Retry-After says when to come back";
            case 501 -> "This server cannot do that; the problem says what can";
            case 502 -> "The host's own tools failed";
            case 503 ->
                "A store does not answer, or a backup is being restored; the problem says whether anything was changed";
            default -> "The panel failed; the log says why";
        };
    }
}
