package io.aipanel.sqlite.iam;

import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface LoginAttemptRows {

    @SqlUpdate("DELETE FROM login_attempts WHERE at <= :horizon")
    void forgetUntil(long horizon);

    /** The time of the {@code position}-th youngest attempt for an account, the youngest being 0. */
    @SqlQuery("SELECT at FROM login_attempts WHERE account = :account ORDER BY at DESC LIMIT 1 OFFSET :position")
    Optional<Long> youngestOfAccount(String account, int position);

    /** The time of the {@code position}-th youngest attempt from an address, the youngest being 0. */
    @SqlQuery("SELECT at FROM login_attempts WHERE address = :address ORDER BY at DESC LIMIT 1 OFFSET :position")
    Optional<Long> youngestFromAddress(String address, int position);

    @SqlQuery("INSERT INTO login_attempts (account, address, at) VALUES (:account, :address, :at) RETURNING id")
    long insert(String account, String address, long at);

    /** The account's failures are forgotten; what they count for their addresses stays. */
    @SqlUpdate("""
            UPDATE login_attempts SET account = NULL
            WHERE account = (SELECT account FROM login_attempts WHERE id = :id)
            """)
    void forgetAccountOf(long id);

    @SqlUpdate("DELETE FROM login_attempts WHERE id = :id")
    void delete(long id);
}
