/** Copies of the three files as they were at one instant. Made with SQLite's Online Backup API, never by copying files. */
@NullMarked
package io.aipanel.sqlite.backup;

import org.jspecify.annotations.NullMarked;
