/** What backups cost: the copy itself, and those who write meanwhile. */
@NullMarked
package io.aipanel.bench.backup;

import org.jspecify.annotations.NullMarked;
