/** Settings on SQLite. A row is a setting that somebody has set. */
@NullMarked
package io.aipanel.sqlite.settings;

import org.jspecify.annotations.NullMarked;
