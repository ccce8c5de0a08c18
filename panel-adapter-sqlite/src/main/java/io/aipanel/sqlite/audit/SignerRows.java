package io.aipanel.sqlite.audit;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Whose log it is, and who signs for it. */
interface SignerRows {

    @SqlUpdate("""
            INSERT INTO origin (only_one, name) SELECT 1, :name WHERE NOT EXISTS (SELECT 1 FROM origin)
            """)
    void nameUnlessNamed(String name);

    @SqlQuery("SELECT name FROM origin")
    Optional<String> origin();

    @SqlUpdate("""
            INSERT INTO verifier_keys (key) SELECT :key WHERE NOT EXISTS (SELECT 1 FROM verifier_keys WHERE key = :key)
            """)
    void addKey(String key);

    @SqlQuery("SELECT key FROM verifier_keys ORDER BY seq")
    List<String> keys();
}
