/** Samples and states in the schema {@code panel}, and what PostgreSQL can say about itself. */
@NullMarked
package io.aipanel.postgres.capacity;

import org.jspecify.annotations.NullMarked;
