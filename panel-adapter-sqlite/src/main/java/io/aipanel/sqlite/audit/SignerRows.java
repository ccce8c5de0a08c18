package io.aipanel.sqlite.audit;

import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Who signs for the log. */
interface SignerRows {

    @SqlUpdate("""
            INSERT INTO verifier_keys (key) SELECT :key WHERE NOT EXISTS (SELECT 1 FROM verifier_keys WHERE key = :key)
            """)
    void addKey(String key);

    @SqlQuery("SELECT key FROM verifier_keys ORDER BY seq")
    List<String> keys();
}
