package io.aipanel.http.audit;

import io.aipanel.http.web.WireNames;
import io.aipanel.service.audit.Verification;
import java.time.Instant;

/**
 * What the last check of the log has found that somebody asked for on the page.
 *
 * @param found what
 * @param at when
 */
record LastCheck(Verification found, Instant at) {

    /** How it ended, as words and badges are named. */
    String status() {
        return WireNames.of(found.status());
    }
}
