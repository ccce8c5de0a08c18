/** Users, roles, sessions and API tokens on SQLite. Tokens and passwords are there as hashes only. */
@NullMarked
package io.aipanel.sqlite.iam;

import org.jspecify.annotations.NullMarked;
