/** What the log looks like and how much of it there is. Set up in code, so that nothing is searched for at start-up. */
@NullMarked
package io.aipanel.app.logging;

import org.jspecify.annotations.NullMarked;
