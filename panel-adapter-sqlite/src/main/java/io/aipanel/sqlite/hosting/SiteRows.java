package io.aipanel.sqlite.hosting;

import io.aipanel.domain.hosting.DocumentRoot;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.domain.hosting.SiteStatus;
import io.aipanel.domain.hosting.SystemUser;
import io.aipanel.domain.iam.UserId;
import io.aipanel.sqlite.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

@RegisterRowMapper(SiteRows.Mapper.class)
interface SiteRows {

    @SqlUpdate("""
            INSERT INTO sites
                (id, document_root, php_version, system_user, owner, status, created_at, updated_at, version)
            VALUES
                (:id, :documentRoot, :phpVersion, :systemUser, :owner, :status, :createdAt, :updatedAt, 1)
            """)
    void insert(
            String id,
            String documentRoot,
            @Nullable String phpVersion,
            @Nullable String systemUser,
            String owner,
            String status,
            long createdAt,
            long updatedAt);

    @SqlUpdate("""
            UPDATE sites
            SET document_root = :documentRoot, php_version = :phpVersion, system_user = :systemUser, owner = :owner,
                status = :status, updated_at = :updatedAt, version = version + 1
            WHERE id = :id
            """)
    void update(
            String id,
            String documentRoot,
            @Nullable String phpVersion,
            @Nullable String systemUser,
            String owner,
            String status,
            long updatedAt);

    @SqlUpdate("DELETE FROM sites WHERE id = :id")
    void delete(String id);

    @SqlUpdate("INSERT INTO site_names (host_name, site_id, is_primary) VALUES (:hostName, :siteId, :primary)")
    void insertName(String hostName, String siteId, boolean primary);

    @SqlUpdate("DELETE FROM site_names WHERE site_id = :siteId")
    void deleteNames(String siteId);

    @SqlQuery("SELECT site_id FROM site_names WHERE host_name = :hostName")
    Optional<String> siteWithName(String hostName);

    @SqlQuery("SELECT version FROM sites WHERE id = :id")
    Optional<Long> version(String id);

    @SqlQuery("""
            SELECT s.id, p.host_name, s.document_root, s.php_version, s.system_user, s.owner, s.status, s.created_at,
                   s.updated_at, s.version,
                   (SELECT group_concat(a.host_name) FROM site_names a WHERE a.site_id = s.id AND a.is_primary = 0)
                       AS aliases
            FROM sites s JOIN site_names p ON p.site_id = s.id AND p.is_primary = 1
            WHERE s.id = :id
            """)
    Optional<Site> byId(String id);

    @SqlQuery("""
            SELECT s.id, p.host_name, s.document_root, s.php_version, s.system_user, s.owner, s.status, s.created_at,
                   s.updated_at, s.version,
                   (SELECT group_concat(a.host_name) FROM site_names a WHERE a.site_id = s.id AND a.is_primary = 0)
                       AS aliases
            FROM sites s JOIN site_names p ON p.site_id = s.id AND p.is_primary = 1
            WHERE s.id = (SELECT n.site_id FROM site_names n WHERE n.host_name = :hostName)
            """)
    Optional<Site> byHostName(String hostName);

    /** {@code instr} compares bytes: unlike LIKE it knows no wildcards. */
    @SqlQuery("""
            SELECT s.id, p.host_name, s.document_root, s.php_version, s.system_user, s.owner, s.status, s.created_at,
                   s.updated_at, s.version,
                   (SELECT group_concat(a.host_name) FROM site_names a WHERE a.site_id = s.id AND a.is_primary = 0)
                       AS aliases
            FROM site_names p JOIN sites s ON s.id = p.site_id
            WHERE p.is_primary = 1
              AND p.host_name > :after
              AND (:owner IS NULL OR s.owner = :owner)
              AND (:search IS NULL OR instr(p.host_name, :search) > 0)
            ORDER BY p.host_name
            LIMIT :limit
            """)
    List<Site> list(String after, @Nullable String owner, @Nullable String search, int limit);

    @SqlQuery("SELECT count(*) FROM sites")
    long count();

    /** Reads a site. Host names are ASCII without commas, so that their list needs no quoting. */
    final class Mapper implements RowMapper<Site> {
        @Override
        public Site map(ResultSet row, StatementContext context) throws SQLException {
            SortedSet<HostName> aliases = new TreeSet<>();
            Optional<String> names = Columns.optionalText(row, "aliases");
            if (names.isPresent()) {
                for (String name : names.get().split(",")) {
                    aliases.add(new HostName(name));
                }
            }
            return new Site(
                    SiteId.parse(row.getString("id")),
                    new HostName(row.getString("host_name")),
                    aliases,
                    new DocumentRoot(row.getString("document_root")),
                    Columns.optionalText(row, "php_version").map(PhpVersion::new),
                    Columns.optionalText(row, "system_user").map(SystemUser::new),
                    UserId.parse(row.getString("owner")),
                    SiteStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                    Columns.time(row, "created_at"),
                    Columns.time(row, "updated_at"),
                    row.getLong("version"));
        }
    }
}
