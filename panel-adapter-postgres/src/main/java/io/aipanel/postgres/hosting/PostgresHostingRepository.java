package io.aipanel.postgres.hosting;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.hosting.SiteDatabaseId;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.postgres.storage.Database;
import java.util.List;
import java.util.Optional;

/** {@link HostingRepository} on the schema {@code panel}. */
public final class PostgresHostingRepository implements HostingRepository {

    private final Sites sites;
    private final SiteDatabases databases;

    /** @param database where the statements run */
    public PostgresHostingRepository(Database database) {
        this.sites = new Sites(database);
        this.databases = new SiteDatabases(database);
    }

    @Override
    public Site addSite(Site site) {
        return sites.add(site);
    }

    @Override
    public Optional<Site> site(SiteId id) {
        return sites.byId(id);
    }

    @Override
    public Optional<Site> siteByHostName(HostName hostName) {
        return sites.byHostName(hostName);
    }

    @Override
    public Page<Site> sites(SiteFilter filter, PageRequest page) {
        return sites.page(filter, page);
    }

    @Override
    public long siteCount() {
        return sites.count();
    }

    @Override
    public Optional<Site> updateSite(Site site) {
        return sites.update(site);
    }

    @Override
    public boolean removeSite(SiteId id, long version) {
        return sites.remove(id, version);
    }

    @Override
    public void addDatabase(SiteDatabase database) {
        databases.add(database);
    }

    @Override
    public Optional<SiteDatabase> database(SiteDatabaseId id) {
        return databases.byId(id);
    }

    @Override
    public List<SiteDatabase> databases(SiteId siteId) {
        return databases.of(siteId);
    }

    @Override
    public boolean removeDatabase(SiteDatabaseId id) {
        return databases.remove(id);
    }
}
