/** Serving the panel until it is asked to stop. Each parses, calls a use case and answers. */
@NullMarked
package io.aipanel.app.serve;

import org.jspecify.annotations.NullMarked;
