/** What the panel remembers of its load, and what it can ask its engine about it. Cheap enough for every minute. */
@NullMarked
package io.aipanel.ports.capacity;

import org.jspecify.annotations.NullMarked;
