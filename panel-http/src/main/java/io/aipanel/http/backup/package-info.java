/** Backups over HTTP. */
@NullMarked
package io.aipanel.http.backup;

import org.jspecify.annotations.NullMarked;
