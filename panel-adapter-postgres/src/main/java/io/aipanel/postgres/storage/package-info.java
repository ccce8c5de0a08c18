/**
 * Connections, transactions and the schema: what every repository stands on. Nothing here knows what the rows mean.
 */
@NullMarked
package io.aipanel.postgres.storage;

import org.jspecify.annotations.NullMarked;
