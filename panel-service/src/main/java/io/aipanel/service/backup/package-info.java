/** Backups: made at one instant, verified, kept for as long as they are of use, and tried out. */
@NullMarked
package io.aipanel.service.backup;

import org.jspecify.annotations.NullMarked;
