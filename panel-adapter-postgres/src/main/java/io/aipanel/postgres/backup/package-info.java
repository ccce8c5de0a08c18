/**
 * Copies of the three schemas as they were at one instant: text files of {@code COPY} commands and what they read, with a
 * checksum at their end. They are written from one transaction and can be looked at without a server.
 */
@NullMarked
package io.aipanel.postgres.backup;

import org.jspecify.annotations.NullMarked;
