/** The audit log in the schema {@code audit}. Whoever appends holds the row of its tree until the commit. */
@NullMarked
package io.aipanel.postgres.audit;

import org.jspecify.annotations.NullMarked;
