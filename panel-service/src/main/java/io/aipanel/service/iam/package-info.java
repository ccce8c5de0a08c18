/** Who acts, and the use cases around users, roles, sessions and API tokens. Every other use case asks here whether the actor may. */
@NullMarked
package io.aipanel.service.iam;

import org.jspecify.annotations.NullMarked;
