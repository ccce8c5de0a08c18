package io.aipanel.http;

import io.aipanel.http.web.Route;
import io.aipanel.service.Panel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A panel, and all that is made of it to serve it. After a restore everything is made anew, and exchanged at once. */
final class Served {

    private final Panel panel;
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Recognition recognition;
    private final RequestMeters meters;

    Served(Panel panel, List<Route> routes) {
        this.panel = panel;
        routes.forEach(route -> this.routes.put(route.action(), route));
        this.recognition = new Recognition(panel.authentication());
        this.meters = new RequestMeters(panel.meters());
    }

    Panel panel() {
        return panel;
    }

    Collection<Route> routes() {
        return routes.values();
    }

    /** The route with this action, which is the same one for every panel. */
    Route route(String action) {
        Route route = routes.get(action);
        if (route == null) {
            throw new IllegalArgumentException("there is no route " + action);
        }
        return route;
    }

    Recognition recognition() {
        return recognition;
    }

    RequestMeters meters() {
        return meters;
    }
}
