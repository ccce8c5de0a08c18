/** Work to be done later: jobs, their states, leases, retries and results. The rules hold on every engine. */
@NullMarked
package io.aipanel.domain.jobs;

import org.jspecify.annotations.NullMarked;
