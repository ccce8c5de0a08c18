/** What is left after processes were killed while they changed a panel. One ledger replays the audit log and compares. */
@NullMarked
package io.aipanel.app.crash;

import org.jspecify.annotations.NullMarked;
