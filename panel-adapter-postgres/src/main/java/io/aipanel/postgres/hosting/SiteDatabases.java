package io.aipanel.postgres.hosting;

import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.hosting.SiteDatabaseId;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Statements on {@code panel.site_databases}. */
final class SiteDatabases {

    private static final String SELECT =
            "SELECT id, site_id, engine, name, user_name, created_at FROM panel.site_databases ";

    /** Lists go by the order of the enum, which need not be that of the names. */
    private static final Object[] ENGINES =
            Arrays.stream(DatabaseEngine.values()).map(Rows::nameOf).toArray();

    private final Database database;

    SiteDatabases(Database database) {
        this.database = database;
    }

    void add(SiteDatabase added) {
        database.change(handle -> handle.createUpdate("""
                        INSERT INTO panel.site_databases (id, site_id, engine, name, user_name, created_at)
                        VALUES (:id, :siteId, :engine, :name, :user, :createdAt)
                        """)
                .bind("id", added.id().value())
                .bind("siteId", added.siteId().value())
                .bind("engine", Rows.nameOf(added.engine()))
                .bind("name", added.name())
                .bind("user", added.user())
                .bind("createdAt", added.createdAt())
                .execute());
    }

    Optional<SiteDatabase> byId(SiteDatabaseId id) {
        return database.read(handle -> handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> siteDatabase(row))
                .findOne());
    }

    List<SiteDatabase> of(SiteId siteId) {
        return database.read(handle -> handle.createQuery(
                        SELECT + "WHERE site_id = :siteId ORDER BY array_position(:engines, engine), name")
                .bind("siteId", siteId.value())
                .bindArray("engines", String.class, ENGINES)
                .map((row, context) -> siteDatabase(row))
                .list());
    }

    boolean remove(SiteDatabaseId id) {
        return database.change(handle -> handle.createUpdate("DELETE FROM panel.site_databases WHERE id = :id")
                        .bind("id", id.value())
                        .execute()
                > 0);
    }

    private static SiteDatabase siteDatabase(ResultSet row) throws SQLException {
        return new SiteDatabase(
                new SiteDatabaseId(Rows.id(row, "id")),
                new SiteId(Rows.id(row, "site_id")),
                Rows.constant(row, "engine", DatabaseEngine.class),
                row.getString("name"),
                row.getString("user_name"),
                Rows.time(row, "created_at"));
    }
}
