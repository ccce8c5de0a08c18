/** The commands about jobs, queues and schedules, and the programs that handle jobs. A command parses, calls a use case and answers. */
@NullMarked
package io.aipanel.app.jobs;

import org.jspecify.annotations.NullMarked;
