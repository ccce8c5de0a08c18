/** Whether the panel has outgrown SQLite: what is measured, how that stands to its limits, and who is told of a change. */
@NullMarked
package io.aipanel.service.capacity;

import org.jspecify.annotations.NullMarked;
