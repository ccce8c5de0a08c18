package io.aipanel.postgres.backup;

import io.aipanel.postgres.storage.LongTransaction;
import java.util.List;

/**
 * Gives those who had rights on a schema the same ones on the schema that takes its place: on what has the same name in both, to
 * everyone, its owner included. What somebody was given with the right to pass it on, comes from the owner now. Partitions are
 * left out: whatever makes them sees to their rights.
 */
final class SchemaRights {

    /** Revoked is first, because a right that cannot be passed on any more is another right. */
    private static final String DIFFERENCES = """
            WITH spaces AS (
                SELECT old.oid AS old, old.nspacl AS old_acl, old.nspowner AS old_owner,
                       new.oid AS new, new.nspacl AS new_acl, new.nspowner AS new_owner, new.nspname AS name
                FROM pg_namespace AS old, pg_namespace AS new WHERE old.nspname = ? AND new.nspname = ?
            ), objects AS (
                SELECT 'SCHEMA' AS kind, format('%I', name) AS name, '' AS columns, old_owner, new_owner,
                       coalesce(old_acl, acldefault('n', old_owner)) AS old_acl,
                       coalesce(new_acl, acldefault('n', new_owner)) AS new_acl
                FROM spaces
                UNION ALL
                SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, format('%I.%I', name, relname), '',
                       old.relowner, new.relowner,
                       coalesce(old.relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, old.relowner)),
                       coalesce(new.relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, new.relowner))
                FROM spaces, pg_class AS old JOIN pg_class AS new USING (relname, relkind)
                WHERE old.relnamespace = spaces.old AND new.relnamespace = spaces.new
                  AND relkind IN ('r', 'p', 'S') AND NOT new.relispartition
                UNION ALL
                SELECT 'TABLE', format('%I.%I', name, relname), format(' (%I)', new_column.attname), old.relowner, new.relowner,
                       coalesce(old_column.attacl, acldefault('c', old.relowner)),
                       coalesce(new_column.attacl, acldefault('c', new.relowner))
                FROM spaces, pg_class AS old JOIN pg_class AS new USING (relname)
                JOIN pg_attribute AS old_column ON old_column.attrelid = old.oid
                JOIN pg_attribute AS new_column ON new_column.attrelid = new.oid
                                               AND new_column.attname = old_column.attname
                WHERE old.relnamespace = spaces.old AND new.relnamespace = spaces.new
                  AND new.relkind IN ('r', 'p') AND NOT new.relispartition
                  AND coalesce(old_column.attacl, new_column.attacl) IS NOT NULL
                UNION ALL
                SELECT 'FUNCTION',
                       format('%I.%I(%s)', name, new.proname, pg_get_function_identity_arguments(new.oid)), '',
                       old.proowner, new.proowner,
                       coalesce(old.proacl, acldefault('f', old.proowner)),
                       coalesce(new.proacl, acldefault('f', new.proowner))
                FROM spaces, pg_proc AS old JOIN pg_proc AS new USING (proname, proargtypes)
                WHERE old.pronamespace = spaces.old AND new.pronamespace = spaces.new
            ), wanted AS (
                SELECT kind, name, columns, CASE grantee WHEN old_owner THEN new_owner ELSE grantee END AS grantee,
                       privilege_type, is_grantable
                FROM objects, aclexplode(old_acl)
            ), present AS (
                SELECT kind, name, columns, grantee, privilege_type, is_grantable FROM objects, aclexplode(new_acl)
            )
            SELECT format('%s %s%s ON %s %s %s %s%s', what, privilege_type, columns, kind, name,
                          CASE what WHEN 'GRANT' THEN 'TO' ELSE 'FROM' END,
                          CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
                          CASE WHEN what = 'GRANT' AND is_grantable THEN ' WITH GRANT OPTION' END)
            FROM (
                SELECT 'REVOKE' AS what, * FROM (TABLE present EXCEPT TABLE wanted) AS revoked
                UNION ALL
                SELECT 'GRANT', * FROM (TABLE wanted EXCEPT TABLE present) AS granted
            ) AS differences
            ORDER BY what DESC, kind, name, grantee, privilege_type, columns
            """;

    /** What is granted on what will be made there one day, as far as it is the owner's to say. */
    private static final String DEFAULTS = """
            SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA %I GRANT %s ON %s TO %s%s',
                          defaclrole::regrole, CAST(? AS text), privilege_type,
                          CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
                                             WHEN 'f' THEN 'FUNCTIONS' ELSE 'TYPES' END,
                          CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
                          CASE WHEN is_grantable THEN ' WITH GRANT OPTION' END)
            FROM pg_default_acl, aclexplode(defaclacl)
            WHERE defaclnamespace = CAST(? AS regnamespace) AND pg_has_role(defaclrole, 'USAGE')
            """;

    private SchemaRights() {}

    /** Gives the rights. */
    static void copy(LongTransaction transaction, String from, String to) {
        List<String> differences = transaction.texts(DIFFERENCES, from, to);
        transaction.execute(differences);
        transaction.execute(transaction.texts(DEFAULTS, to, from));
    }
}
