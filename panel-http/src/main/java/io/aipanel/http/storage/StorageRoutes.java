package io.aipanel.http.storage;

import io.aipanel.domain.iam.Permission;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.Panel;
import java.util.List;

/** Where the data is and how much there is. */
public final class StorageRoutes {

    private final Panel panel;

    /** @param panel what is served */
    public StorageRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.api(Method.GET, "/storage", "storage.show", Rule.anyOf(Permission.STORAGE_READ))
                .summary("The engine, and for each store its place, size, rows and properties. Counts rows, which takes"
                        + " a while on large stores")
                .answers(200, ViewSchemas.of(StorageView.class))
                .handledBy(call -> Reply.ok(StorageView.of(panel.health().report()))));
    }
}
