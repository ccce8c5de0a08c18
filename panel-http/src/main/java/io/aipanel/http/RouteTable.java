package io.aipanel.http;

import io.aipanel.http.hosting.SiteDatabaseRoutes;
import io.aipanel.http.hosting.SiteRoutes;
import io.aipanel.http.iam.SessionCookie;
import io.aipanel.http.iam.SessionRoutes;
import io.aipanel.http.iam.SetupRoutes;
import io.aipanel.http.storage.HealthRoutes;
import io.aipanel.http.web.Route;
import io.aipanel.service.Panel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every route there is, once. */
final class RouteTable {

    private RouteTable() {}

    /**
     * The routes of a panel.
     *
     * @param cookie how browsers keep their session
     */
    static List<Route> of(Panel panel, SessionCookie cookie) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new SessionRoutes(panel, cookie).routes());
        routes.addAll(new SetupRoutes(panel).routes());
        routes.addAll(new SiteRoutes(panel).routes());
        routes.addAll(new SiteDatabaseRoutes(panel).routes());
        routes.addAll(new HealthRoutes(panel).routes());
        requireDistinct(routes);
        return List.copyOf(routes);
    }

    /**
     * Requires that no two routes answer the same request or have the same name.
     *
     * @throws IllegalArgumentException if two do
     */
    static void requireDistinct(List<Route> routes) {
        Set<String> seen = new HashSet<>();
        for (Route route : routes) {
            String place = route.method() + " " + route.path().replaceAll("\\{[^}]*}", "{}");
            if (!seen.add(place) || !seen.add(route.action())) {
                throw new IllegalArgumentException("there are two routes " + place + " or " + route.action());
            }
        }
    }
}
