/** What more than one benchmark has a panel do. */
@NullMarked
package io.aipanel.bench.load;

import org.jspecify.annotations.NullMarked;
