package io.aipanel.http.hosting;

import io.aipanel.domain.Text;
import io.aipanel.domain.hosting.DocumentRoot;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.domain.hosting.SiteStatus;
import io.aipanel.domain.hosting.SystemUser;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.UserId;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.hosting.NewSite;
import io.aipanel.service.hosting.SiteChange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Sites. */
public final class SiteRoutes {

    /** Who may see sites: all of them, or their own. */
    static final Rule SEE = Rule.anyOf(Permission.SITES_READ, Permission.SITES_WRITE, Permission.SITES_OWN);

    /** Who may change sites: all of them, or their own. */
    static final Rule CHANGE = Rule.anyOf(Permission.SITES_WRITE, Permission.SITES_OWN);

    private static final Schema NEW_SITE = Schema.object("NewSite")
            .required("hostName", Schema.text("idn-hostname"), "The primary name")
            .optional("aliases", Schema.listOf(Schema.text("idn-hostname")), "Further names")
            .optional("documentRoot", Schema.text(), "Where the files are; /var/www/ and the name if it is not given")
            .nullable("phpVersion", Schema.text(), "Such as 8.3; null for a site without PHP")
            .nullable("systemUser", Schema.text(), "What it runs as; null for the server's default")
            .optional("owner", Schema.text("uuid"), "To whom it belongs; whoever asks if it is not given")
            .build();

    private static final Schema SITE_CHANGE = Schema.object("SiteChange")
            .optional("hostName", Schema.text("idn-hostname"), "The primary name")
            .optional("aliases", Schema.listOf(Schema.text("idn-hostname")), "The further names, all of them")
            .optional("documentRoot", Schema.text(), "Where the files are")
            .nullable("phpVersion", Schema.text(), "Such as 8.3; null for a site without PHP")
            .nullable("systemUser", Schema.text(), "What it runs as; null for the server's default")
            .optional("owner", Schema.text("uuid"), "To whom it belongs")
            .optional("status", Schema.nameOf(SiteStatus.class), "Whether it answers")
            .build();

    private final Panel panel;

    /** @param panel what is served */
    public SiteRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        Schema site = ViewSchemas.of(SiteView.class);
        return List.of(
                Route.api(Method.GET, "/sites", "site.list", SEE)
                        .summary("Sites by host name")
                        .query("search", Schema.text(), "Only those whose primary name contains this text")
                        .query("owner", Schema.text("uuid"), "Only those of this user")
                        .paged()
                        .answers(200, ViewSchemas.listing(SiteView.class))
                        .handledBy(this::list),
                Route.api(Method.POST, "/sites", "site.add", CHANGE)
                        .summary("Add a site")
                        .takes(NEW_SITE)
                        .answersVersioned(201, site)
                        .handledBy(this::add),
                Route.api(Method.GET, "/sites/{id}", "site.show", SEE)
                        .summary("A site")
                        .answersVersioned(200, site)
                        .handledBy(this::show),
                Route.api(Method.PATCH, "/sites/{id}", "site.change", CHANGE)
                        .summary("Change what is given; the rest stays")
                        .takes(SITE_CHANGE)
                        .answersVersioned(200, site)
                        .handledBy(this::change),
                Route.api(Method.DELETE, "/sites/{id}", "site.remove", CHANGE)
                        .summary("Remove a site")
                        .answers(204)
                        .handledBy(this::remove));
    }

    private Reply list(Call call) {
        SiteFilter filter = new SiteFilter(
                call.query("owner", UserId::parse),
                call.query("search", text -> Text.check("search", text, Text.INDEXED_BYTES)));
        return Reply.ok(Listing.of(panel.sites().list(call.actor(), filter, call.page()), SiteView::of));
    }

    private Reply add(Call call) {
        Body body = call.body();
        NewSite wanted = new NewSite(
                body.value("hostName", HostName::new),
                names(body).orElse(Set.of()),
                body.optional("documentRoot", DocumentRoot::new),
                body.optional("phpVersion", PhpVersion::new),
                body.optional("systemUser", SystemUser::new),
                body.optional("owner", UserId::parse));
        Site site = panel.sites().add(call.actor(), wanted);
        return Reply.created("/api/v1/sites/" + site.id(), SiteView.of(site)).version(site.version());
    }

    private Reply show(Call call) {
        SiteId id = id(call);
        Site site = panel.sites().find(call.actor(), id).orElseThrow(() -> new NotFound("site " + id));
        return Reply.ok(SiteView.of(site)).version(site.version());
    }

    private Reply change(Call call) {
        Body body = call.body();
        SiteChange wanted = new SiteChange(
                body.optional("hostName", HostName::new),
                names(body),
                body.optional("documentRoot", DocumentRoot::new),
                body.nullable("phpVersion", PhpVersion::new),
                body.nullable("systemUser", SystemUser::new),
                body.optional("owner", UserId::parse),
                body.optional("status", name -> WireNames.parse("status", SiteStatus.class, name)));
        Site site = panel.sites().change(call.actor(), id(call), wanted, call.expectedVersion());
        return Reply.ok(SiteView.of(site)).version(site.version());
    }

    private Reply remove(Call call) {
        panel.sites().remove(call.actor(), id(call), call.expectedVersion());
        return Reply.done();
    }

    private static SiteId id(Call call) {
        return call.id("id", "site", SiteId::parse);
    }

    private static Optional<Set<HostName>> names(Body body) {
        return body.list("aliases", HostName::new).map(TreeSet::new);
    }
}
