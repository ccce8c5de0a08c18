package io.aipanel.http.pages;

import io.aipanel.domain.audit.AuditEvent;
import java.util.List;

/**
 * What somebody who is signed in sees first.
 *
 * @param displayName who is signed in
 * @param email the address they log in with
 * @param roles the roles they have
 * @param counts how much there is of what they may see
 * @param mayReadAudit whether they may see what was done
 * @param events what was done last, the newest first
 */
public record HomeView(
        String displayName,
        String email,
        List<String> roles,
        List<Count> counts,
        boolean mayReadAudit,
        List<AuditEvent> events) {

    /**
     * How much there is of something.
     *
     * @param what the name of it
     * @param number the number, or at least how many there are
     */
    public record Count(String what, String number) {}
}
