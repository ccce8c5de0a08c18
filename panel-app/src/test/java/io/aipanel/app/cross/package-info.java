/** What goes from one engine to the other. Tests that need both. */
@NullMarked
package io.aipanel.app.cross;

import org.jspecify.annotations.NullMarked;
