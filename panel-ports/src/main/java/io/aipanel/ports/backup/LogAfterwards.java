package io.aipanel.ports.backup;

import io.aipanel.domain.audit.NewAuditEvent;

/** What becomes of the audit log when stores are replaced by earlier ones. It never rewinds without a trace. */
public sealed interface LogAfterwards {

    /**
     * The present log stays, as it has all that is in the copy of it and more. Events that wait in the outbox of the other
     * copies and are in the present log already do not wait any more.
     *
     * @param copied how many events there ever were in the copy of the log; what waits can be from there on only
     */
    record Kept(long copied) implements LogAfterwards {}

    /**
     * The copy takes its place, and goes on under another name.
     *
     * @param origin the name, which it did not have before. See {@link io.aipanel.domain.audit.Checkpoint#origin}
     * @param first the first event under that name, before whatever waits in the outbox
     */
    record Restarted(String origin, NewAuditEvent first) implements LogAfterwards {}
}
