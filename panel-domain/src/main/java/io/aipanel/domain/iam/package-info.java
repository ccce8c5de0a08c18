/** Who may do what: users, roles, sessions, API tokens and the rule that slows down guessing. Everything secret is held as a hash. */
@NullMarked
package io.aipanel.domain.iam;

import org.jspecify.annotations.NullMarked;
