/** Sites and their databases over HTTP. */
@NullMarked
package io.aipanel.http.hosting;

import org.jspecify.annotations.NullMarked;
