/** Processes of their own for tests: what they write, how they end, and how they are killed. */
@NullMarked
package io.aipanel.app.process;

import org.jspecify.annotations.NullMarked;
