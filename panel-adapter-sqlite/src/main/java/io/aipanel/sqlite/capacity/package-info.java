/** Samples and states in {@code panel.db}, and what SQLite can say about itself. */
@NullMarked
package io.aipanel.sqlite.capacity;

import org.jspecify.annotations.NullMarked;
