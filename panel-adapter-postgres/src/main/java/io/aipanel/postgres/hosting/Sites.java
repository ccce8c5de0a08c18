package io.aipanel.postgres.hosting;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.hosting.DocumentRoot;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.domain.hosting.SiteStatus;
import io.aipanel.domain.hosting.SystemUser;
import io.aipanel.domain.iam.UserId;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Statements on {@code panel.sites} and {@code panel.site_names}. */
final class Sites {

    private static final String SELECT = """
            SELECT id, host_name, document_root, php_version, "system_user", owner, status,
                   created_at, updated_at, version,
                   ARRAY(SELECT host_name FROM panel.site_names WHERE site_id = id AND NOT is_primary) AS aliases
            FROM panel.sites JOIN panel.site_names AS name ON name.site_id = id AND is_primary
            """;

    private final Database database;

    Sites(Database database) {
        this.database = database;
    }

    Site add(Site site) {
        return database.change(handle -> {
            bind(handle.createUpdate("""
                                    INSERT INTO panel.sites
                                        (id, document_root, php_version, "system_user", owner, status,
                                         created_at, updated_at, version)
                                    VALUES (:id, :documentRoot, :phpVersion, :systemUser, :owner, :status,
                                            :createdAt, :updatedAt, 1)
                                    """), site)
                    .bind("createdAt", site.createdAt())
                    .execute();
            addNames(handle, site);
            return byId(handle, site.id()).orElseThrow();
        });
    }

    Optional<Site> byId(SiteId id) {
        return database.read(handle -> byId(handle, id));
    }

    Optional<Site> byHostName(HostName hostName) {
        return database.read(handle -> handle.createQuery(
                        SELECT + "WHERE id = (SELECT site_id FROM panel.site_names WHERE host_name = :hostName)")
                .bind("hostName", hostName.value())
                .map((row, context) -> site(row))
                .findOne());
    }

    Page<Site> page(SiteFilter filter, PageRequest page) {
        StringBuilder sql = new StringBuilder(SELECT).append("WHERE host_name > :after");
        filter.owner().ifPresent(owner -> sql.append(" AND owner = :owner"));
        filter.search().ifPresent(search -> sql.append(" AND strpos(host_name, :search) > 0"));
        sql.append(" ORDER BY host_name LIMIT :limit");
        List<Site> found = database.read(handle -> {
            Query query = handle.createQuery(sql);
            filter.owner().ifPresent(owner -> query.bind("owner", owner.value()));
            filter.search().ifPresent(search -> query.bind("search", search));
            // No name is empty, so that "after nothing" needs no statement of its own.
            return query.bind(
                            "after",
                            page.after()
                                    .map(cursor -> cursor.ofSize(1)
                                            .value(0, HostName::new)
                                            .value())
                                    .orElse(""))
                    .bind("limit", page.limit() + 1)
                    .map((row, context) -> site(row))
                    .list();
        });
        return Page.of(found, page.limit(), last -> Cursor.of(last.hostName().value()));
    }

    long count() {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM panel.sites")
                .mapTo(Long.class)
                .one());
    }

    Optional<Site> update(Site site) {
        return database.change(handle -> {
            int updated = bind(handle.createUpdate("""
                                    UPDATE panel.sites
                                    SET document_root = :documentRoot, php_version = :phpVersion,
                                        "system_user" = :systemUser, owner = :owner, status = :status,
                                        updated_at = :updatedAt, version = version + 1
                                    WHERE id = :id AND version = :version
                                    """), site)
                    .bind("version", site.version())
                    .execute();
            if (updated == 0) {
                refuseIfStale(handle, site.id(), site.version());
                return Optional.empty();
            }
            handle.createUpdate("DELETE FROM panel.site_names WHERE site_id = :id")
                    .bind("id", site.id().value())
                    .execute();
            addNames(handle, site);
            return byId(handle, site.id());
        });
    }

    boolean remove(SiteId id, long version) {
        return database.change(handle -> {
            int removed = handle.createUpdate("DELETE FROM panel.sites WHERE id = :id AND version = :version")
                    .bind("id", id.value())
                    .bind("version", version)
                    .execute();
            if (removed == 0) {
                refuseIfStale(handle, id, version);
            }
            return removed > 0;
        });
    }

    private static void refuseIfStale(Handle handle, SiteId id, long version) {
        byId(handle, id).ifPresent(present -> {
            throw new StaleVersion("site " + present.hostName(), version, present.version());
        });
    }

    private static Optional<Site> byId(Handle handle, SiteId id) {
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> site(row))
                .findOne();
    }

    /**
     * Adds the names that are free and then looks which were not: unlike the constraint's own refusal this tells which
     * name it was. In order, so that two sites with several names in common do not wait for each other.
     */
    private static void addNames(Handle handle, Site site) {
        SortedSet<HostName> names = new TreeSet<>(site.aliases());
        names.add(site.hostName());
        Set<String> added = handle.createQuery("""
                        INSERT INTO panel.site_names (host_name, site_id, is_primary)
                        SELECT host_name, :id, host_name = :primary FROM unnest(:names) AS host_name
                        ON CONFLICT (host_name) DO NOTHING
                        RETURNING host_name
                        """)
                .bind("id", site.id().value())
                .bind("primary", site.hostName().value())
                .bindArray(
                        "names",
                        String.class,
                        names.stream().map(HostName::value).toArray())
                .mapTo(String.class)
                .set();
        if (!added.contains(site.hostName().value())) {
            throw taken("hostName", site.hostName());
        }
        site.aliases().stream()
                .filter(alias -> !added.contains(alias.value()))
                .findFirst()
                .ifPresent(alias -> {
                    throw taken("aliases", alias);
                });
    }

    private static AlreadyExists taken(String field, HostName name) {
        return new AlreadyExists(field, "the host name " + name + " belongs to another site", null);
    }

    private static Update bind(Update update, Site site) {
        return update.bind("id", site.id().value())
                .bind("documentRoot", site.documentRoot().value())
                .bind("phpVersion", site.phpVersion().map(PhpVersion::value))
                .bind("systemUser", site.systemUser().map(SystemUser::value))
                .bind("owner", site.owner().value())
                .bind("status", Rows.nameOf(site.status()))
                .bind("updatedAt", site.updatedAt());
    }

    private static Site site(ResultSet row) throws SQLException {
        return new Site(
                new SiteId(Rows.id(row, "id")),
                new HostName(row.getString("host_name")),
                Rows.texts(row, "aliases").stream().map(HostName::new).collect(Collectors.toCollection(TreeSet::new)),
                new DocumentRoot(row.getString("document_root")),
                Rows.optionalText(row, "php_version").map(PhpVersion::new),
                Rows.optionalText(row, "system_user").map(SystemUser::new),
                new UserId(Rows.id(row, "owner")),
                Rows.constant(row, "status", SiteStatus.class),
                Rows.time(row, "created_at"),
                Rows.time(row, "updated_at"),
                row.getLong("version"));
    }
}
