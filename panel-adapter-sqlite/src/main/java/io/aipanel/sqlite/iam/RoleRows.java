package io.aipanel.sqlite.iam;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.sqlite.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterRowMapper(RoleRows.Mapper.class)
interface RoleRows {

    @SqlUpdate("INSERT INTO roles (name, description, built_in) VALUES (:name, :description, 0)")
    void insert(String name, String description);

    @SqlUpdate("UPDATE roles SET description = :description WHERE name = :name AND built_in = 0")
    int update(String name, String description);

    @SqlUpdate("INSERT INTO role_permissions (role, permission) VALUES (:role, :permission)")
    void insertPermission(String role, String permission);

    @SqlUpdate("DELETE FROM role_permissions WHERE role = :role")
    void deletePermissions(String role);

    @SqlUpdate("DELETE FROM roles WHERE name = :name AND built_in = 0")
    int delete(String name);

    @SqlQuery("""
            SELECT r.name, r.description,
                   (SELECT group_concat(p.permission) FROM role_permissions p WHERE p.role = r.name) AS permissions
            FROM roles r WHERE r.name = :name AND r.built_in = 0
            """)
    Optional<Role> custom(String name);

    @SqlQuery("""
            SELECT r.name, r.description,
                   (SELECT group_concat(p.permission) FROM role_permissions p WHERE p.role = r.name) AS permissions
            FROM roles r WHERE r.built_in = 0 ORDER BY r.name
            """)
    List<Role> custom();

    /** Reads a role. Names of permissions have no commas, so that their list needs no quoting. */
    final class Mapper implements RowMapper<Role> {
        @Override
        public Role map(ResultSet row, StatementContext context) throws SQLException {
            Set<Permission> permissions = EnumSet.noneOf(Permission.class);
            Optional<String> names = Columns.optionalText(row, "permissions");
            if (names.isPresent()) {
                for (String name : names.get().split(",")) {
                    permissions.add(Permission.ofWireName(name));
                }
            }
            return new Role(new RoleName(row.getString("name")), row.getString("description"), permissions);
        }
    }
}
