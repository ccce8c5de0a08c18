package io.aipanel.service.hosting;

import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.hosting.SiteDatabaseId;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.storage.Change;
import io.aipanel.service.storage.Changes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Keeps the databases of sites. Who may change a site may change its databases. Safe for use by many threads. */
public final class SiteDatabases {

    private final HostingRepository hosting;
    private final Changes changes;
    private final Sites sites;
    private final SiteAccess siteAccess;

    /** For {@link io.aipanel.service.Panel}. */
    public SiteDatabases(Storage storage, Changes changes, Access access, Sites sites) {
        this.hosting = storage.hosting();
        this.changes = changes;
        this.sites = sites;
        this.siteAccess = new SiteAccess(access);
    }

    /**
     * The databases of a site, by engine, then by name.
     *
     * @throws NotFound if there is no such site that the actor may see
     */
    public List<SiteDatabase> list(Actor actor, SiteId siteId) {
        Site site = sites.find(actor, siteId).orElseThrow(() -> new NotFound("site " + siteId));
        return hosting.databases(site.id());
    }

    /**
     * Adds the record of a database.
     *
     * @param name its name on its server
     * @param user the account that the site uses there
     * @throws NotFound if there is no such site that the actor may change
     * @throws io.aipanel.ports.storage.AlreadyExists if the engine already has a database of that name
     * @throws io.aipanel.domain.InvalidValueException if a name is not valid
     */
    public SiteDatabase add(Actor actor, SiteId siteId, DatabaseEngine engine, String name, String user) {
        siteAccess.requireAny(actor, "database.add");
        return changes.<SiteDatabase>make(actor, change -> {
            Site site = present(change, actor, siteId);
            SiteDatabase database =
                    new SiteDatabase(new SiteDatabaseId(Change.newId()), siteId, engine, name, user, change.now());
            change.hosting().addDatabase(database);
            change.record("database.add", target(database), details(site, database));
            return database;
        });
    }

    /**
     * Removes the record of a database.
     *
     * @throws NotFound if the site, as far as the actor may change it, has no such database
     */
    public void remove(Actor actor, SiteId siteId, SiteDatabaseId id) {
        siteAccess.requireAny(actor, "database.remove");
        changes.make(actor, change -> {
            Site site = present(change, actor, siteId);
            Optional<SiteDatabase> database =
                    change.hosting().database(id).filter(found -> found.siteId().equals(siteId));
            SiteDatabase removed = database.orElseThrow(() -> new NotFound("database " + id));
            change.hosting().removeDatabase(id);
            change.record("database.remove", target(removed), details(site, removed));
            return null;
        });
    }

    private Site present(Change change, Actor actor, SiteId id) {
        return change.hosting()
                .site(id)
                .filter(site -> siteAccess.mayChange(actor, site))
                .orElseThrow(() -> new NotFound("site " + id));
    }

    private static Details details(Site site, SiteDatabase database) {
        return Details.of("id", database.id().toString())
                .and("site", site.hostName().value())
                .and("user", database.user());
    }

    private static String target(SiteDatabase database) {
        return "database:" + database.engine().name().toLowerCase(Locale.ROOT) + "/" + database.name();
    }
}
