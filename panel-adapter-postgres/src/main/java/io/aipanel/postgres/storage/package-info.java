/** Opens a PostgreSQL database as a storage and runs every transaction on it. Outsiders use the provider alone; the rest is for the repositories. */
@NullMarked
package io.aipanel.postgres.storage;

import org.jspecify.annotations.NullMarked;
