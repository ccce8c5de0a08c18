package io.aipanel.http.hosting;

import io.aipanel.domain.Page;
import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.hosting.SiteDatabaseId;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.Panel;
import java.time.Instant;
import java.util.List;

/** The databases of sites. */
public final class SiteDatabaseRoutes {

    private static final Schema NEW_DATABASE = Schema.object("NewDatabase")
            .required("engine", Schema.nameOf(DatabaseEngine.class), "The server it lives on")
            .required("name", Schema.text(), "Its name there: 1 to 63 of a-z, 0-9 and _, starting with a letter")
            .required("user", Schema.text(), "The account the site uses there: 1 to 32 of the same")
            .build();

    private final Panel panel;

    /** @param panel what is served */
    public SiteDatabaseRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.api(Method.GET, "/sites/{id}/databases", "database.list", SiteRoutes.SEE)
                        .summary("The databases of a site, by engine, then by name")
                        .paged()
                        .answers(200, ViewSchemas.listing(DatabaseView.class))
                        .handledBy(this::list),
                Route.api(Method.POST, "/sites/{id}/databases", "database.add", SiteRoutes.CHANGE)
                        .summary("Add the record of a database")
                        .takes(NEW_DATABASE)
                        .answers(201, ViewSchemas.of(DatabaseView.class))
                        .handledBy(this::add),
                Route.api(Method.DELETE, "/sites/{id}/databases/{databaseId}", "database.remove", SiteRoutes.CHANGE)
                        .summary("Remove the record of a database")
                        .answers(204)
                        .handledBy(this::remove));
    }

    private Reply list(Call call) {
        List<SiteDatabase> all = panel.siteDatabases().list(call.actor(), site(call));
        Page<SiteDatabase> page =
                Listing.part(all, call.page(), database -> database.engine().ordinal() + " " + database.name());
        return Reply.ok(Listing.of(page, DatabaseView::of));
    }

    private Reply add(Call call) {
        Body body = call.body();
        SiteId site = site(call);
        SiteDatabase database = panel.siteDatabases()
                .add(
                        call.actor(),
                        site,
                        body.value("engine", name -> WireNames.parse("engine", DatabaseEngine.class, name)),
                        body.text("name"),
                        body.text("user"));
        return Reply.created("/api/v1/sites/" + site + "/databases/" + database.id(), DatabaseView.of(database));
    }

    private Reply remove(Call call) {
        panel.siteDatabases()
                .remove(call.actor(), site(call), call.id("databaseId", "database", SiteDatabaseId::parse));
        return Reply.done();
    }

    private static SiteId site(Call call) {
        return call.id("id", "site", SiteId::parse);
    }

    record DatabaseView(String id, String siteId, DatabaseEngine engine, String name, String user, Instant createdAt) {

        static DatabaseView of(SiteDatabase database) {
            return new DatabaseView(
                    database.id().toString(),
                    database.siteId().toString(),
                    database.engine(),
                    database.name(),
                    database.user(),
                    database.createdAt());
        }
    }
}
