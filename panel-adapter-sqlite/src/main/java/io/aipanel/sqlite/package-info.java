/**
 * The panel's ports on three SQLite files.
 */
@NullMarked
package io.aipanel.sqlite;

import org.jspecify.annotations.NullMarked;
