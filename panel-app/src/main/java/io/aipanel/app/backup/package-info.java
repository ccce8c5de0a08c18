/** The commands about backups. */
@NullMarked
package io.aipanel.app.backup;

import org.jspecify.annotations.NullMarked;
