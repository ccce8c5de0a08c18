package io.aipanel.http.storage;

import io.aipanel.domain.iam.Permission;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.Panel;
import io.aipanel.service.storage.Health;
import java.util.List;
import java.util.Map;

/** The page about where the data is, how much there is, and how that is. */
public final class StoragePages {

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public StoragePages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.at(Method.GET, "/storage", "page.storage", Rule.anyOf(Permission.STORAGE_READ))
                .summary("The engine, and its files or schemas")
                .answers(200)
                .handledBy(this::show));
    }

    /** Not refreshed by itself: rows are counted for it. */
    private Reply show(Call call) {
        Health health = panel.health();
        StoragePage page = StoragePage.of(health.report(), health.waiting(), health.check());
        return shell.page(call, "storage/show", Map.of("page", page));
    }
}
