/**
 * What is left after processes were killed while they changed a panel or worked off its jobs. One ledger replays the audit log
 * and compares, another compares what enqueuers and workers have told.
 */
@NullMarked
package io.aipanel.app.crash;

import org.jspecify.annotations.NullMarked;
