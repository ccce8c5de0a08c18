/**
 * The panel's ports on three schemas of one PostgreSQL database.
 */
@NullMarked
package io.aipanel.postgres;

import org.jspecify.annotations.NullMarked;
