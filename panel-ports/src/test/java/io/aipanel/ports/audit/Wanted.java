package io.aipanel.ports.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.ports.storage.Paging;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The filter of one test, built up part by part. */
record Wanted(AuditFilter filter) {

    static final Wanted ALL = new Wanted(AuditFilter.OLDEST);

    Wanted from(Instant from) {
        return new Wanted(filter.from(from));
    }

    Wanted to(Instant to) {
        return new Wanted(filter.to(to));
    }

    Wanted actor(String actor) {
        return new Wanted(filter.actor(actor));
    }

    Wanted action(String action) {
        return new Wanted(filter.action(action));
    }

    Wanted target(String target) {
        return new Wanted(filter.target(target));
    }

    Wanted outcome(AuditOutcome outcome) {
        return new Wanted(filter.outcome(outcome));
    }

    Wanted address(String address) {
        return new Wanted(filter.address(address));
    }

    Wanted requestId(String requestId) {
        return new Wanted(filter.requestId(requestId));
    }

    Wanted text(String text) {
        return new Wanted(filter.text(text));
    }

    /** The targets of the events that are found; the other direction must give the same ones reversed. */
    List<String> targetsIn(AuditRepository audit) {
        List<String> oldestFirst = AuditSamples.targets(Paging.all(2, page -> audit.events(filter, page)));
        List<String> newestFirst =
                new ArrayList<>(AuditSamples.targets(Paging.all(2, page -> audit.events(filter.reversed(), page))));
        Collections.reverse(newestFirst);
        assertThat(newestFirst).as("both directions find the same").isEqualTo(oldestFirst);
        return oldestFirst;
    }
}
