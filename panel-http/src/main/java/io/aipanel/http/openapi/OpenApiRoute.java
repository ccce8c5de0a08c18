package io.aipanel.http.openapi;

import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Serves the description. */
public final class OpenApiRoute {

    private OpenApiRoute() {}

    /**
     * The same routes and the one that describes them all, itself included.
     *
     * @param version the version of the program
     */
    public static List<Route> addedTo(List<Route> routes, String version) {
        AtomicReference<Map<String, Object>> document = new AtomicReference<>(Map.of());
        List<Route> all = new ArrayList<>(routes);
        all.add(Route.at(Method.GET, "/openapi.json", "openapi.show", Rule.PUBLIC)
                .summary("This description")
                .answers(200, Schema.anyJson())
                .alwaysHandledBy(call -> Reply.ok(document.get())));
        document.set(OpenApiDocument.of(all, version));
        return List.copyOf(all);
    }
}
