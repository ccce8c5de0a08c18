package io.aipanel.postgres.iam;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Statements on {@code panel.roles} and {@code panel.role_permissions}. */
final class Roles {

    private static final String SELECT = """
            SELECT name, description,
                   ARRAY(SELECT permission FROM panel.role_permissions WHERE role = name) AS permissions
            FROM panel.roles
            WHERE NOT built_in
            """;

    private final Database database;

    Roles(Database database) {
        this.database = database;
    }

    void add(Role role) {
        database.change(handle -> {
            handle.createUpdate(
                            "INSERT INTO panel.roles (name, description, built_in) VALUES (:name, :description, false)")
                    .bind("name", role.name().value())
                    .bind("description", role.description())
                    .execute();
            addPermissions(handle, role);
            return role;
        });
    }

    Optional<Role> byName(RoleName name) {
        return database.read(handle -> handle.createQuery(SELECT + "AND name = :name")
                .bind("name", name.value())
                .map((row, context) -> role(row))
                .findOne());
    }

    List<Role> all() {
        return database.read(handle -> handle.createQuery(SELECT + "ORDER BY name")
                .map((row, context) -> role(row))
                .list());
    }

    boolean update(Role role) {
        return database.change(handle -> {
            int updated = handle.createUpdate(
                            "UPDATE panel.roles SET description = :description WHERE name = :name AND NOT built_in")
                    .bind("description", role.description())
                    .bind("name", role.name().value())
                    .execute();
            if (updated == 0) {
                return false;
            }
            handle.createUpdate("DELETE FROM panel.role_permissions WHERE role = :name")
                    .bind("name", role.name().value())
                    .execute();
            addPermissions(handle, role);
            return true;
        });
    }

    boolean remove(RoleName name) {
        return database.change(
                handle -> handle.createUpdate("DELETE FROM panel.roles WHERE name = :name AND NOT built_in")
                                .bind("name", name.value())
                                .execute()
                        > 0);
    }

    private static void addPermissions(Handle handle, Role role) {
        Object[] permissions =
                role.permissions().stream().map(Permission::wireName).toArray();
        handle.createUpdate("""
                        INSERT INTO panel.role_permissions (role, permission)
                        SELECT :name, permission FROM unnest(:permissions) AS permission
                        """)
                .bind("name", role.name().value())
                .bindArray("permissions", String.class, permissions)
                .execute();
    }

    private static Role role(ResultSet row) throws SQLException {
        return new Role(
                new RoleName(row.getString("name")),
                row.getString("description"),
                Rows.texts(row, "permissions").stream()
                        .map(Permission::ofWireName)
                        .collect(Collectors.toSet()));
    }
}
