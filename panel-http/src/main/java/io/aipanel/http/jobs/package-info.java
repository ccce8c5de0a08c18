/** Jobs and queues over HTTP. */
@NullMarked
package io.aipanel.http.jobs;

import org.jspecify.annotations.NullMarked;
