package io.aipanel.sqlite.hosting;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.hosting.SiteDatabaseId;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.domain.hosting.SystemUser;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreAccess;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sites in {@code panel.db}. */
public final class SqliteHostingRepository implements HostingRepository {

    private static final String OWNER_REFERENCE =
            "the owner does not exist, or still owns sites: give them to somebody else first";
    private static final String SITE_REFERENCE = "the site does not exist, or still has databases: remove them first";

    private final StoreAccess panel;

    /** @param panel how to reach {@code panel.db} */
    public SqliteHostingRepository(StoreAccess panel) {
        this.panel = panel;
    }

    @Override
    public Site addSite(Site site) {
        return panel.write(OWNER_REFERENCE, connection -> {
            SiteRows rows = connection.attach(SiteRows.class);
            rows.insert(
                    site.id().toString(),
                    site.documentRoot().value(),
                    site.phpVersion().map(PhpVersion::value).orElse(null),
                    site.systemUser().map(SystemUser::value).orElse(null),
                    site.owner().toString(),
                    site.status().name().toLowerCase(Locale.ROOT),
                    Columns.of(site.createdAt()),
                    Columns.of(site.updatedAt()));
            takeNames(rows, site);
            return rows.byId(site.id().toString()).orElseThrow();
        });
    }

    @Override
    public Optional<Site> site(SiteId id) {
        return panel.read(connection -> connection.attach(SiteRows.class).byId(id.toString()));
    }

    @Override
    public Optional<Site> siteByHostName(HostName hostName) {
        return panel.read(connection -> connection.attach(SiteRows.class).byHostName(hostName.value()));
    }

    @Override
    public Page<Site> sites(SiteFilter filter, PageRequest page) {
        String after = page.after()
                .map(cursor -> cursor.ofSize(1).value(0, HostName::new).value())
                .orElse("");
        String owner = filter.owner().map(Object::toString).orElse(null);
        String search = filter.search().orElse(null);
        List<Site> found = panel.read(
                connection -> connection.attach(SiteRows.class).list(after, owner, search, page.limit() + 1));
        return Page.of(found, page.limit(), site -> Cursor.of(site.hostName().value()));
    }

    @Override
    public long siteCount() {
        return panel.read(connection -> connection.attach(SiteRows.class).count());
    }

    @Override
    public Optional<Site> updateSite(Site site) {
        return panel.write(OWNER_REFERENCE, connection -> {
            SiteRows rows = connection.attach(SiteRows.class);
            String id = site.id().toString();
            Optional<Long> present = rows.version(id);
            if (present.isEmpty()) {
                return Optional.empty();
            }
            requireLatest(site.id(), site.version(), present.get());
            rows.update(
                    id,
                    site.documentRoot().value(),
                    site.phpVersion().map(PhpVersion::value).orElse(null),
                    site.systemUser().map(SystemUser::value).orElse(null),
                    site.owner().toString(),
                    site.status().name().toLowerCase(Locale.ROOT),
                    Columns.of(site.updatedAt()));
            rows.deleteNames(id);
            takeNames(rows, site);
            return rows.byId(id);
        });
    }

    @Override
    public boolean removeSite(SiteId id, long version) {
        return panel.write(SITE_REFERENCE, connection -> {
            SiteRows rows = connection.attach(SiteRows.class);
            Optional<Long> present = rows.version(id.toString());
            if (present.isEmpty()) {
                return false;
            }
            requireLatest(id, version, present.get());
            rows.delete(id.toString());
            return true;
        });
    }

    @Override
    public void addDatabase(SiteDatabase database) {
        panel.write(SITE_REFERENCE, connection -> {
            connection
                    .attach(SiteDatabaseRows.class)
                    .insert(
                            database.id().toString(),
                            database.siteId().toString(),
                            database.engine().name().toLowerCase(Locale.ROOT),
                            database.name(),
                            database.user(),
                            Columns.of(database.createdAt()));
            return database;
        });
    }

    @Override
    public Optional<SiteDatabase> database(SiteDatabaseId id) {
        return panel.read(
                connection -> connection.attach(SiteDatabaseRows.class).byId(id.toString()));
    }

    @Override
    public List<SiteDatabase> databases(SiteId siteId) {
        return panel.read(
                connection -> connection.attach(SiteDatabaseRows.class).ofSite(siteId.toString()));
    }

    @Override
    public boolean removeDatabase(SiteDatabaseId id) {
        return panel.write(
                connection -> connection.attach(SiteDatabaseRows.class).delete(id.toString()) > 0);
    }

    private static void requireLatest(SiteId id, long given, long present) {
        if (given != present) {
            throw new StaleVersion("site " + id, given, present);
        }
    }

    /** Nobody comes between the question and the insert: there is one writer. */
    private static void takeNames(SiteRows rows, Site site) {
        takeName(rows, site, site.hostName(), true);
        site.aliases().forEach(alias -> takeName(rows, site, alias, false));
    }

    private static void takeName(SiteRows rows, Site site, HostName name, boolean primary) {
        if (rows.siteWithName(name.value()).isPresent()) {
            throw new AlreadyExists(
                    primary ? "hostName" : "aliases", "the host name " + name + " belongs to another site", null);
        }
        rows.insertName(name.value(), site.id().toString(), primary);
    }
}
