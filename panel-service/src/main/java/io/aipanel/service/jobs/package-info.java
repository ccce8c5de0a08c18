/** Enqueueing work and running its handlers. A handler runs at least once and is told its attempt. */
@NullMarked
package io.aipanel.service.jobs;

import org.jspecify.annotations.NullMarked;
