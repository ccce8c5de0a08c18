/** Where users, roles, sessions and API tokens are kept. Also counts login failures. */
@NullMarked
package io.aipanel.ports.iam;

import org.jspecify.annotations.NullMarked;
