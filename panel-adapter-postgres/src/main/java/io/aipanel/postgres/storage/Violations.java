package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.BrokenReference;
import io.aipanel.ports.storage.StoreException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a refused value or reference means, by the name of the constraint that refused it. */
final class Violations {

    private static final String UNIQUE = "23505";
    private static final String FOREIGN_KEY = "23503";

    private static final Map<String, Taken> UNIQUE_CONSTRAINTS = Map.ofEntries(
            Map.entry("users_pkey", new Taken("id", "there is a user with this id already")),
            Map.entry("users_email_key", new Taken("email", "another user has this e-mail address")),
            Map.entry("roles_pkey", new Taken("name", "there is a role of this name already")),
            Map.entry("sessions_pkey", new Taken("id", "there is a session with this id already")),
            Map.entry("sessions_token_hash_key", new Taken("tokenHash", "there is a session with this token already")),
            Map.entry("api_tokens_pkey", new Taken("id", "there is an API token with this id already")),
            Map.entry("api_tokens_name_key", new Taken("name", "the user has an API token of this name already")),
            Map.entry("api_tokens_token_hash_key", new Taken("tokenHash", "there is such an API token already")),
            Map.entry("sites_pkey", new Taken("id", "there is a site with this id already")),
            Map.entry("site_databases_pkey", new Taken("id", "there is a database with this id already")),
            Map.entry("site_databases_name_key", new Taken("name", "the engine has a database of this name already")));

    private static final Map<String, String> REFERENCES = Map.of(
            "user_roles_role_fkey", "a role does not exist, or users still have it: take it from them first",
            "sessions_user_id_fkey", "there is no such user",
            "api_tokens_user_id_fkey", "there is no such user",
            "sites_owner_fkey", "the owner does not exist, or still owns sites: give them to somebody else first",
            "site_databases_site_id_fkey", "the site does not exist, or still has databases: remove them first");

    private record Taken(String field, String message) {}

    private Violations() {}

    /** The refusal that the driver's exception stands for; empty if it is something else. */
    static Optional<StoreException> of(SQLException failure) {
        String constraint = constraint(failure);
        if (UNIQUE.equals(failure.getSQLState()) && UNIQUE_CONSTRAINTS.containsKey(constraint)) {
            Taken taken = UNIQUE_CONSTRAINTS.get(constraint);
            return Optional.of(new AlreadyExists(taken.field(), taken.message(), failure));
        }
        if (FOREIGN_KEY.equals(failure.getSQLState()) && REFERENCES.containsKey(constraint)) {
            return Optional.of(new BrokenReference(REFERENCES.get(constraint), failure));
        }
        return Optional.empty();
    }

    private static String constraint(SQLException failure) {
        ServerErrorMessage message = failure instanceof PSQLException told ? told.getServerErrorMessage() : null;
        String constraint = message == null ? null : message.getConstraint();
        return constraint == null ? "" : constraint;
    }
}
