/** The use cases around sites and their databases. Owners manage what is theirs, operators everything. */
@NullMarked
package io.aipanel.service.hosting;

import org.jspecify.annotations.NullMarked;
