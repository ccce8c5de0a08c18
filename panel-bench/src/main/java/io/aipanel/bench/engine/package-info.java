/** The engines that are measured, and fresh databases on them. An engine that is not durable is refused, not measured. */
@NullMarked
package io.aipanel.bench.engine;

import org.jspecify.annotations.NullMarked;
