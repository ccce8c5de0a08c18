/** The commands about users. Each parses, calls a use case and answers. */
@NullMarked
package io.aipanel.app.iam;

import org.jspecify.annotations.NullMarked;
