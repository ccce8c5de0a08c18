/** The host's components and their versions over HTTP. */
@NullMarked
package io.aipanel.http.versions;

import org.jspecify.annotations.NullMarked;
