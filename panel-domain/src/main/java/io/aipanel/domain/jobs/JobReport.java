package io.aipanel.domain.jobs;

import java.util.List;
import java.util.Optional;

/**
 * What a running attempt has to tell.
 *
 * @param lease the right to say so
 * @param progress how far it is; empty to leave that as it was
 * @param lines what to add to the job's log; of more than {@link JobLog#MAX_LINES} only the last are kept
 */
public record JobReport(Lease lease, Optional<Progress> progress, List<LogLine> lines) {

    /** Keeps its own copy of the list. */
    public JobReport {
        lines = List.copyOf(lines);
    }
}
