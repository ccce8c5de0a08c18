/** The commands about the audit log. Each parses, calls a use case and answers. */
@NullMarked
package io.aipanel.app.audit;

import org.jspecify.annotations.NullMarked;
