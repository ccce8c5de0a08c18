package io.aipanel.sqlite.hosting;

import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.hosting.SiteDatabaseId;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.sqlite.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterRowMapper(SiteDatabaseRows.Mapper.class)
interface SiteDatabaseRows {

    @SqlUpdate("""
            INSERT INTO site_databases (id, site_id, engine, name, user_name, created_at)
            VALUES (:id, :siteId, :engine, :name, :user, :createdAt)
            """)
    void insert(String id, String siteId, String engine, String name, String user, long createdAt);

    @SqlQuery("""
            SELECT id, site_id, engine, name, user_name, created_at FROM site_databases WHERE id = :id
            """)
    Optional<SiteDatabase> byId(String id);

    /** The engines' names stand in the order of the enum. */
    @SqlQuery("""
            SELECT id, site_id, engine, name, user_name, created_at
            FROM site_databases WHERE site_id = :siteId ORDER BY engine, name
            """)
    List<SiteDatabase> ofSite(String siteId);

    @SqlUpdate("DELETE FROM site_databases WHERE id = :id")
    int delete(String id);

    /** Reads a database of a site. */
    final class Mapper implements RowMapper<SiteDatabase> {
        @Override
        public SiteDatabase map(ResultSet row, StatementContext context) throws SQLException {
            return new SiteDatabase(
                    SiteDatabaseId.parse(row.getString("id")),
                    SiteId.parse(row.getString("site_id")),
                    DatabaseEngine.valueOf(row.getString("engine").toUpperCase(Locale.ROOT)),
                    row.getString("name"),
                    row.getString("user_name"),
                    Columns.time(row, "created_at"));
        }
    }
}
