/** The commands about jobs. Each parses, calls a use case and answers. */
@NullMarked
package io.aipanel.app.jobs;

import org.jspecify.annotations.NullMarked;
