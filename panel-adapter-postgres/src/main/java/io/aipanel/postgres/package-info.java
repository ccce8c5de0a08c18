/**
 * The panel's ports on three schemas of one PostgreSQL database. Only the provider is meant for outsiders; what wires
 * the repositories to the database is here too.
 */
@NullMarked
package io.aipanel.postgres;

import org.jspecify.annotations.NullMarked;
