/** The job queue: ours, hand-written loops, and other libraries. All do the same work in the same run. */
@NullMarked
package io.aipanel.bench.jobs;

import org.jspecify.annotations.NullMarked;
