package io.aipanel.http.backup;

import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.service.backup.Restored;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore has done, as the outside sees it.
 *
 * @param before the backup that was made of what was there before; null if that could not be read
 * @param unreadable why what was there before could not be read; null if it could
 * @param aside where what was replaced is until it is discarded; null if there was nothing
 * @param auditOrigin the audit log's new name; null if the log was kept
 * @param pausedQueues the queues that hold their jobs until somebody resumes them
 */
record RestoredView(
        String name,
        Instant at,
        @Nullable String before,
        @Nullable String unreadable,
        @Nullable String aside,
        boolean auditLogKept,
        @Nullable String auditOrigin,
        List<String> pausedQueues) {

    static RestoredView of(Restored restored) {
        return new RestoredView(
                restored.name().value(),
                restored.at(),
                restored.before().map(BackupName::value).orElse(null),
                restored.unreadable().orElse(null),
                restored.aside().orElse(null),
                restored.origin().isEmpty(),
                restored.origin().orElse(null),
                restored.paused().stream().map(QueueName::value).toList());
    }
}
