/** Backups: what one is called, and why it was made. */
@NullMarked
package io.aipanel.domain.backup;

import org.jspecify.annotations.NullMarked;
