package io.aipanel.service.backup;

import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.jobs.QueueName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a restore has done.
 *
 * @param name which backup is back
 * @param at the instant that it holds
 * @param before the backup that was made of what was there before; empty if there was nothing, or it could not be read
 * @param unreadable why what was there before could not be read; empty if it could
 * @param aside where what was replaced is, in words for people, until it is discarded; empty if there was nothing
 * @param origin the audit log's new name; empty if the log was kept as it was
 * @param paused the queues that hold their jobs until somebody resumes them
 */
public record Restored(
        BackupName name,
        Instant at,
        Optional<BackupName> before,
        Optional<String> unreadable,
        Optional<String> aside,
        Optional<String> origin,
        List<QueueName> paused) {

    /** Keeps its own copy of the list. */
    public Restored {
        paused = List.copyOf(paused);
    }
}
