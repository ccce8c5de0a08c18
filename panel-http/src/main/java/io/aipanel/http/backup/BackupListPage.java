package io.aipanel.http.backup;

import java.util.List;
import java.util.Optional;

/**
 * What the page with all backups shows.
 *
 * @param isPossible whether there is a directory for backups
 * @param backups the newest first
 * @param next where the next page is; empty if this is the last
 * @param mayCreate whether whoever looks may make one
 */
record BackupListPage(boolean isPossible, List<BackupPage> backups, Optional<String> next, boolean mayCreate) {

    /** Keeps its own copy of the list. */
    BackupListPage {
        backups = List.copyOf(backups);
    }
}
