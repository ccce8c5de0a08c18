/** What the panel starts and calls of its own accord: programs of this machine, and servers. Each for a bounded time. */
@NullMarked
package io.aipanel.app.outgoing;

import org.jspecify.annotations.NullMarked;
