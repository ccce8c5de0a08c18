package io.aipanel.http.hosting;

import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.hosting.SiteDatabaseId;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.http.pages.Confirmation;
import io.aipanel.http.pages.Form;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.pages.Words;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Handler;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import java.util.List;
import java.util.Map;

/** The pages that add, change and remove sites and their databases. */
public final class SiteChangePages {

    private static final String NEW = SitePages.PATH + "/new";
    private static final String ONE = SitePages.PATH + "/{id}";

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public SiteChangePages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                shows(NEW, "page.site.new", "The form to add a site", call -> newPage(call, 200, newForm(call))),
                does(NEW, "page.site.add", "Add a site with the form", this::add),
                shows(
                        ONE + "/edit",
                        "page.site.edit",
                        "The form to change a site",
                        call -> changePage(call, 200, changeForm(call, site(call)))),
                does(ONE + "/edit", "page.site.change", "Change a site with the form", this::change),
                does(ONE + "/remove", "page.site.remove", "Remove a site from its page", this::remove),
                shows(
                        ONE + "/databases",
                        "page.database.new",
                        "The form to add a database",
                        call -> databasePage(call, 200, databaseForm(call))),
                does(ONE + "/databases", "page.database.add", "Add a database with the form", this::addDatabase),
                does(
                        ONE + "/databases/{databaseId}/remove",
                        "page.database.remove",
                        "Remove a database from its site's page",
                        this::removeDatabase));
    }

    private static Route shows(String path, String action, String summary, Handler handler) {
        return Route.at(Method.GET, path, action, SiteRoutes.CHANGE)
                .summary(summary)
                .answers(200)
                .handledBy(handler);
    }

    private static Route does(String path, String action, String summary, Handler handler) {
        return Route.at(Method.POST, path, action, SiteRoutes.CHANGE)
                .summary(summary)
                .takesForm()
                .answers(303)
                .handledBy(handler);
    }

    private Reply add(Call call) {
        return Shell.attempt(call.body(), newForm(call), (status, form) -> newPage(call, status, form), () -> {
            Site added = panel.sites().add(call.actor(), SiteForms.site(call.body()));
            return Shell.done(path(added), "notice.site-added", added.hostName().toUnicode());
        });
    }

    private Reply change(Call call) {
        Site site = site(call);
        return Shell.attempt(
                call.body(), changeForm(call, site), (status, form) -> changePage(call, status, form), () -> {
                    Body body = call.body();
                    Site changed = panel.sites()
                            .change(call.actor(), site.id(), SiteForms.change(body), SiteForms.version(body));
                    return Shell.done(
                            path(changed),
                            "notice.site-changed",
                            changed.hostName().toUnicode());
                });
    }

    private Reply remove(Call call) {
        Site site = site(call);
        String name = site.hostName().toUnicode();
        Words words = shell.words(call);
        Form form = Form.of(path(site) + "/remove", words.of("site.remove"))
                .with("version", Long.toString(site.version()))
                .with(Confirmation.FIELD, "true");
        Shell.Shown asked = (status, shown) -> confirmation(
                call,
                status,
                new Confirmation(words.of("site.remove-title", name), words.of("site.remove-text"), shown, path(site)));
        if (!call.body().has(Confirmation.FIELD)) {
            return asked.page(200, form);
        }
        return Shell.attempt(call.body(), form, asked, () -> {
            panel.sites().remove(call.actor(), site.id(), SiteForms.version(call.body()));
            return Shell.done(SitePages.PATH, "notice.site-removed", name);
        });
    }

    private Reply addDatabase(Call call) {
        return Shell.attempt(
                call.body(), databaseForm(call), (status, form) -> databasePage(call, status, form), () -> {
                    Body body = call.body();
                    SiteDatabase added = panel.siteDatabases()
                            .add(
                                    call.actor(),
                                    id(call),
                                    body.value("engine", name -> WireNames.parse("engine", DatabaseEngine.class, name)),
                                    body.text("name").strip(),
                                    body.text("user").strip());
                    return Shell.done(SitePages.PATH + "/" + id(call), "notice.database-added", added.name());
                });
    }

    private Reply removeDatabase(Call call) {
        Site site = site(call);
        SiteDatabaseId id = call.id("databaseId", "database", SiteDatabaseId::parse);
        SiteDatabase database = panel.siteDatabases().list(call.actor(), site.id()).stream()
                .filter(found -> found.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFound("database " + id));
        if (call.body().has(Confirmation.FIELD)) {
            panel.siteDatabases().remove(call.actor(), site.id(), id);
            return Shell.done(path(site), "notice.database-removed", database.name());
        }
        Words words = shell.words(call);
        Form form = Form.of(path(site) + "/databases/" + id + "/remove", words.of("database.remove"))
                .with(Confirmation.FIELD, "true");
        return confirmation(
                call,
                200,
                new Confirmation(
                        words.of("database.remove-title", database.name()),
                        words.of("database.remove-text"),
                        form,
                        path(site)));
    }

    private Reply newPage(Call call, int status, Form form) {
        return formPage(call, status, shell.words(call).of("site.add"), form);
    }

    private Reply changePage(Call call, int status, Form form) {
        return formPage(
                call,
                status,
                shell.words(call).of("site.change-title", site(call).hostName().toUnicode()),
                form);
    }

    private Reply databasePage(Call call, int status, Form form) {
        return formPage(
                call,
                status,
                shell.words(call).of("database.title", site(call).hostName().toUnicode()),
                form);
    }

    private Reply formPage(Call call, int status, String title, Form form) {
        return shell.page(call, status, "pages/formPage", Map.of("title", title, "form", form));
    }

    private Reply confirmation(Call call, int status, Confirmation question) {
        return shell.page(call, status, "pages/confirm", Map.of("question", question));
    }

    private Form newForm(Call call) {
        return SiteForms.forNew(shell.words(call), NEW);
    }

    private Form changeForm(Call call, Site site) {
        return SiteForms.forChange(shell.words(call), path(site) + "/edit", site);
    }

    private Form databaseForm(Call call) {
        return SiteForms.forDatabase(shell.words(call), SitePages.PATH + "/" + id(call) + "/databases");
    }

    private Site site(Call call) {
        return panel.sites().find(call.actor(), id(call)).orElseThrow(() -> new NotFound("site " + id(call)));
    }

    private static SiteId id(Call call) {
        return call.id("id", "site", SiteId::parse);
    }

    private static String path(Site site) {
        return SitePages.PATH + "/" + site.id();
    }
}
