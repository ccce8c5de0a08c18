/** Components and their history on SQLite. Times are microseconds. */
@NullMarked
package io.aipanel.sqlite.versions;

import org.jspecify.annotations.NullMarked;
