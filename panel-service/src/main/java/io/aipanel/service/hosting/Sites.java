package io.aipanel.service.hosting;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.hosting.DocumentRoot;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.domain.hosting.SiteStatus;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.Json;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.settings.PanelSettings;
import io.aipanel.service.settings.SettingValues;
import io.aipanel.service.storage.Change;
import io.aipanel.service.storage.Changes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Keeps sites. {@link Permission#SITES_WRITE} reaches all of them; {@link Permission#SITES_OWN} reaches the actor's own,
 * and others' do not exist for such an actor. If the setting {@code hosting.change-job} names a job type, a job of it
 * follows every change, with the site's id, version and what happened. Safe for use by many threads.
 */
public final class Sites {

    private final HostingRepository hosting;
    private final Changes changes;
    private final SiteAccess siteAccess;
    private final SettingValues settings;

    /** For {@link io.aipanel.service.Panel}. */
    public Sites(Storage storage, Changes changes, Access access, SettingValues settings) {
        this.hosting = storage.hosting();
        this.changes = changes;
        this.siteAccess = new SiteAccess(access);
        this.settings = settings;
    }

    /**
     * Sites by primary host name: those that the actor may see.
     *
     * @throws io.aipanel.service.iam.PermissionDenied if the actor may see none
     */
    public Page<Site> list(Actor actor, SiteFilter filter, PageRequest page) {
        Optional<UserId> onlyOwner = siteAccess.visibleOwner(actor, "site.list");
        if (onlyOwner.isPresent()
                && filter.owner().filter(owner -> !actor.is(owner)).isPresent()) {
            return new Page<>(List.of(), Optional.empty());
        }
        return hosting.sites(new SiteFilter(onlyOwner.or(filter::owner), filter.search()), page);
    }

    /**
     * The site with an id; empty if there is none that the actor may see.
     *
     * @throws io.aipanel.service.iam.PermissionDenied if the actor may see none
     */
    public Optional<Site> find(Actor actor, SiteId id) {
        Optional<UserId> onlyOwner = siteAccess.visibleOwner(actor, "site.show");
        return hosting.site(id)
                .filter(site -> onlyOwner.isEmpty() || site.owner().equals(onlyOwner.get()));
    }

    /**
     * Adds a site.
     *
     * @throws io.aipanel.ports.storage.AlreadyExists if one of its names belongs to another site
     * @throws io.aipanel.ports.storage.BrokenReference if the owner does not exist
     * @throws InvalidValueException if a value is not valid, or a program names no owner
     * @throws io.aipanel.service.iam.PermissionDenied if the actor may not add sites, or not for that owner
     */
    public Site add(Actor actor, NewSite site) {
        UserId owner = site.owner()
                .or(actor::userId)
                .orElseThrow(() -> new InvalidValueException("owner", "must be given: a program owns no sites"));
        siteAccess.requireFor(actor, owner, "site.add");
        DocumentRoot documentRoot =
                site.documentRoot().orElseGet(() -> new DocumentRoot("/var/www/" + site.hostName()));
        Optional<JobType> job = settings.value(PanelSettings.SITE_CHANGE_JOB);
        return changes.<Site>make(actor, change -> {
            Site added = change.hosting()
                    .addSite(new Site(
                            new SiteId(Change.newId()),
                            site.hostName(),
                            new TreeSet<>(site.aliases()),
                            documentRoot,
                            site.phpVersion(),
                            site.systemUser(),
                            owner,
                            SiteStatus.ACTIVE,
                            change.now(),
                            change.now(),
                            1));
            record(change, job, "site.add", added, SiteSummary.of(added));
            return added;
        });
    }

    /**
     * Changes a site.
     *
     * @param expectedVersion the version that the actor has seen; empty to change whatever is there
     * @return the site as changed
     * @throws NotFound if there is no such site that the actor may see
     * @throws StaleVersion if the site has another version than the expected one
     * @throws io.aipanel.ports.storage.AlreadyExists if one of its names belongs to another site
     * @throws io.aipanel.ports.storage.BrokenReference if the new owner does not exist
     * @throws io.aipanel.service.iam.PermissionDenied if the actor may not change sites, or not give this one away
     */
    public Site change(Actor actor, SiteId id, SiteChange wanted, Optional<Long> expectedVersion) {
        siteAccess.requireAny(actor, "site.change");
        wanted.owner().ifPresent(owner -> siteAccess.requireFor(actor, owner, "site.change"));
        Optional<JobType> job = settings.value(PanelSettings.SITE_CHANGE_JOB);
        return changes.<Site>make(actor, change -> {
            Site before = present(change, actor, id);
            requireVersion(before, expectedVersion);
            Site after = apply(before, wanted, change);
            if (after.equals(before.withOwner(before.owner(), change.now()))) {
                return before;
            }
            Site stored = change.hosting().updateSite(after).orElseThrow(() -> missing(id));
            Details details = Details.of("before", SiteSummary.of(before).toMap())
                    .and("after", SiteSummary.of(stored).toMap());
            record(change, job, "site.change", stored, details);
            return stored;
        });
    }

    /**
     * Removes a site.
     *
     * @param expectedVersion the version that the actor has seen; empty to remove whatever is there
     * @throws NotFound if there is no such site that the actor may see
     * @throws StaleVersion if the site has another version than the expected one
     * @throws io.aipanel.ports.storage.BrokenReference if the site still has databases
     * @throws io.aipanel.service.iam.PermissionDenied if the actor may not change sites
     */
    public void remove(Actor actor, SiteId id, Optional<Long> expectedVersion) {
        siteAccess.requireAny(actor, "site.remove");
        Optional<JobType> job = settings.value(PanelSettings.SITE_CHANGE_JOB);
        changes.make(actor, change -> {
            Site site = present(change, actor, id);
            requireVersion(site, expectedVersion);
            change.hosting().removeSite(id, site.version());
            record(change, job, "site.remove", site, SiteSummary.of(site));
            return null;
        });
    }

    private static Site apply(Site site, SiteChange wanted, Change change) {
        Site changed = site.with(
                wanted.hostName().orElse(site.hostName()),
                wanted.aliases().orElse(site.aliases()),
                wanted.documentRoot().orElse(site.documentRoot()),
                wanted.phpVersion().orElse(site.phpVersion()),
                wanted.systemUser().orElse(site.systemUser()),
                wanted.status().orElse(site.status()),
                change.now());
        return changed.withOwner(wanted.owner().orElse(site.owner()), change.now());
    }

    private Site present(Change change, Actor actor, SiteId id) {
        return change.hosting()
                .site(id)
                .filter(site -> siteAccess.mayChange(actor, site))
                .orElseThrow(() -> missing(id));
    }

    private static void record(Change change, Optional<JobType> job, String action, Site site, Details details) {
        change.record(action, "site:" + site.hostName(), details);
        job.ifPresent(type -> change.enqueue(NewJob.of(type.value())
                .payload(Json.write(Map.of("action", action, "siteId", site.id().toString(), "version", site.version()))
                        .value())));
    }

    private static void requireVersion(Site site, Optional<Long> expected) {
        if (expected.isPresent() && expected.get() != site.version()) {
            throw new StaleVersion("site " + site.hostName(), expected.get(), site.version());
        }
    }

    private static NotFound missing(SiteId id) {
        return new NotFound("site " + id);
    }
}
