package io.aipanel.service.iam;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.User;
import java.time.Duration;

/** How a login ended. */
public sealed interface LogInResult {

    /**
     * The user is in.
     *
     * @param user who
     * @param session the new session
     * @param token what the browser shows from now on; it is not stored and cannot be had again
     */
    record LoggedIn(User user, Session session, Secret token) implements LogInResult {}

    /** The e-mail or the password is wrong, or the user is disabled; which of them is not told. */
    record Refused() implements LogInResult {}

    /**
     * There were too many failures.
     *
     * @param retryAfter how long until the next attempt
     */
    record Throttled(Duration retryAfter) implements LogInResult {}
}
