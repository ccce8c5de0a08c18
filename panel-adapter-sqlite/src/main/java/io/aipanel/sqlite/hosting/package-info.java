/** Sites and their databases on SQLite. All names of a site, primary and aliases, stand in one table. */
@NullMarked
package io.aipanel.sqlite.hosting;

import org.jspecify.annotations.NullMarked;
