/** The commands about capacity, and the ways in which a change of its state is told: a program, a webhook, e-mail. */
@NullMarked
package io.aipanel.app.capacity;

import org.jspecify.annotations.NullMarked;
