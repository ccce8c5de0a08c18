package io.aipanel.http.hosting;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Text;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.User;
import io.aipanel.http.pages.Link;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages that show sites. */
public final class SitePages {

    static final String PATH = "/sites";

    private static final int SHOWN = 50;
    private static final int EVENTS = 20;

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public SitePages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.at(Method.GET, PATH, "page.sites", SiteRoutes.SEE)
                        .summary("The page of sites")
                        .answers(200)
                        .handledBy(this::list),
                Route.at(Method.GET, PATH + "/{id}", "page.site", SiteRoutes.SEE)
                        .summary("The page of a site")
                        .answers(200)
                        .handledBy(this::show));
    }

    private Reply list(Call call) {
        String search = call.query("search").orElse("").strip();
        SiteFilter filter = new SiteFilter(
                Optional.empty(),
                search.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Fields.parse(
                                "search", search, text -> Text.check("search", text, Text.INDEXED_BYTES))));
        PageRequest part = new PageRequest(SHOWN, call.query("cursor").map(Cursor::decode));
        Page<Site> page = panel.sites().list(call.actor(), filter, part);
        Optional<String> next = page.next()
                .map(cursor -> new Link(PATH)
                        .with("search", search)
                        .with("cursor", cursor.encode())
                        .toString());
        return shell.page(
                call,
                "hosting/list",
                Map.of(
                        "sites",
                        page.items(),
                        "search",
                        search,
                        "next",
                        next,
                        "mayAdd",
                        SiteRoutes.CHANGE.allows(call.actor())));
    }

    private Reply show(Call call) {
        SiteId id = call.id("id", "site", SiteId::parse);
        Site site = panel.sites().find(call.actor(), id).orElseThrow(() -> new NotFound("site " + id));
        return shell.page(
                call,
                "hosting/detail",
                Map.of(
                        "site",
                        site,
                        "owner",
                        owner(call.actor(), site),
                        "databases",
                        panel.siteDatabases().list(call.actor(), id),
                        "events",
                        events(call.actor(), site),
                        "mayReadAudit",
                        call.actor().may(Permission.AUDIT_READ),
                        "mayChange",
                        mayChange(call.actor(), site)));
    }

    /** Whether somebody may change a site; the use case decides again. */
    static boolean mayChange(Actor actor, Site site) {
        return actor.may(Permission.SITES_WRITE) || actor.may(Permission.SITES_OWN) && actor.is(site.owner());
    }

    /** Who owns a site, as far as whoever looks may know. */
    private String owner(Actor actor, Site site) {
        boolean mayKnow = actor.may(Permission.USERS_READ) || actor.is(site.owner());
        return (mayKnow ? panel.users().find(actor, site.owner()) : Optional.<User>empty())
                .map(user -> user.email().value())
                .orElse(site.owner().toString());
    }

    private List<AuditEvent> events(Actor actor, Site site) {
        if (!actor.may(Permission.AUDIT_READ)) {
            return List.of();
        }
        AuditFilter filter = AuditFilter.NEWEST.target("site:" + site.hostName());
        return panel.audit().list(actor, filter, PageRequest.first(EVENTS)).items();
    }
}
