/** What all stores have in common: effects on their way to another store, and the history of a schema. */
@NullMarked
package io.aipanel.domain.storage;

import org.jspecify.annotations.NullMarked;
