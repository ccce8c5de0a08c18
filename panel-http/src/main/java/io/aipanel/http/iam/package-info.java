/** Users, roles, sessions, API tokens and the first set-up over HTTP. */
@NullMarked
package io.aipanel.http.iam;

import org.jspecify.annotations.NullMarked;
