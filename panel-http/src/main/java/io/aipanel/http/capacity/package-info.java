/** How near the panel is to its limits, and how that came, over HTTP. */
@NullMarked
package io.aipanel.http.capacity;

import org.jspecify.annotations.NullMarked;
