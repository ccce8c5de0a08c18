/** The audit log on SQLite, and the outbox on the way to it. Events are only ever appended. */
@NullMarked
package io.aipanel.sqlite.audit;

import org.jspecify.annotations.NullMarked;
