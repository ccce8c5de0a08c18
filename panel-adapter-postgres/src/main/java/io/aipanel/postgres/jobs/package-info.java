/** The job queue in the schema {@code queue}. Claims skip locked rows, and every time is told by the server's clock. */
@NullMarked
package io.aipanel.postgres.jobs;

import org.jspecify.annotations.NullMarked;
