/**
 * Users, roles, sessions, API tokens and login attempts in the schema {@code panel}. Each statement stands beside the
 * method that uses it.
 */
@NullMarked
package io.aipanel.postgres.iam;

import org.jspecify.annotations.NullMarked;
