/** Measures the audit log: how fast it takes events in, finds them, and proves them. */
@NullMarked
package io.aipanel.bench.audit;

import org.jspecify.annotations.NullMarked;
