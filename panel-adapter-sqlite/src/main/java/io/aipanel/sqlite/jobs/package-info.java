/**
 * The job queue on SQLite, and the outbox on the way to it. Jobs that are pending or running stand apart from those that have
 * ended.
 */
@NullMarked
package io.aipanel.sqlite.jobs;

import org.jspecify.annotations.NullMarked;
