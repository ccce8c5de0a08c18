package io.aipanel.service.iam;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.RoleName;
import java.util.Set;

/**
 * Somebody who is to be let in.
 *
 * @param email the address to log in with
 * @param displayName how the user is called
 * @param roles the roles to have; may be empty
 * @param password the first password
 */
public record NewUser(EmailAddress email, String displayName, Set<RoleName> roles, Secret password) {}
