/** The commands about components, and how a Debian host is asked about its packages. Each parses, calls a use case and answers. */
@NullMarked
package io.aipanel.app.versions;

import org.jspecify.annotations.NullMarked;
