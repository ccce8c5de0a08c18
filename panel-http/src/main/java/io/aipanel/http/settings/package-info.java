/** Settings over HTTP. */
@NullMarked
package io.aipanel.http.settings;

import org.jspecify.annotations.NullMarked;
