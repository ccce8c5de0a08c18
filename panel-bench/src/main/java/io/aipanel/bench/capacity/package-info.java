/**
 * How far SQLite carries: a panel under loads beyond the limits of ADR-002, alone and together, and how long its writes take.
 * Latencies are what the panel measures itself, from the hand-over of a write until it is durable.
 */
@NullMarked
package io.aipanel.bench.capacity;

import org.jspecify.annotations.NullMarked;
