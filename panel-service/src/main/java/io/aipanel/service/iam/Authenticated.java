package io.aipanel.service.iam;

import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.User;
import java.util.Optional;

/**
 * Somebody whose token was recognised.
 *
 * @param actor who acts, with what they may do
 * @param user the user behind it
 * @param session the session; empty if a program showed an API token
 */
public record Authenticated(Actor actor, User user, Optional<Session> session) {}
