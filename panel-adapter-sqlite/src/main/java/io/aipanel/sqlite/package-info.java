/**
 * The panel's ports on three SQLite files. {@link io.aipanel.sqlite.SqliteStorageProvider} is the one type for outsiders,
 * and is found by {@link java.util.ServiceLoader}; the other public types are there for each other.
 */
@NullMarked
package io.aipanel.sqlite;

import org.jspecify.annotations.NullMarked;
