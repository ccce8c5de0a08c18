package io.aipanel.ports.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.ports.storage.Paging;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The filter of one test, built up part by part. */
record Wanted(AuditFilter filter) {

    static final Wanted ALL = new Wanted(AuditFilter.OLDEST);

    Wanted from(Instant from) {
        return with(Optional.of(from), filter.to(), filter.actor(), filter.action(), filter.target(), filter.outcome());
    }

    Wanted to(Instant to) {
        return with(filter.from(), Optional.of(to), filter.actor(), filter.action(), filter.target(), filter.outcome());
    }

    Wanted actor(String actor) {
        return with(filter.from(), filter.to(), Optional.of(actor), filter.action(), filter.target(), filter.outcome());
    }

    Wanted action(String action) {
        return with(filter.from(), filter.to(), filter.actor(), Optional.of(action), filter.target(), filter.outcome());
    }

    Wanted target(String target) {
        return with(filter.from(), filter.to(), filter.actor(), filter.action(), Optional.of(target), filter.outcome());
    }

    Wanted outcome(AuditOutcome outcome) {
        return with(filter.from(), filter.to(), filter.actor(), filter.action(), filter.target(), Optional.of(outcome));
    }

    private static Wanted with(
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<String> actor,
            Optional<String> action,
            Optional<String> target,
            Optional<AuditOutcome> outcome) {
        return new Wanted(new AuditFilter(from, to, actor, action, target, outcome, false));
    }

    /** The targets of the events that are found; the other direction must give the same ones reversed. */
    List<String> targetsIn(AuditRepository audit) {
        AuditFilter reversed = new AuditFilter(
                filter.from(), filter.to(), filter.actor(), filter.action(), filter.target(), filter.outcome(), true);
        List<String> oldestFirst = AuditSamples.targets(Paging.all(2, page -> audit.events(filter, page)));
        List<String> newestFirst =
                new ArrayList<>(AuditSamples.targets(Paging.all(2, page -> audit.events(reversed, page))));
        Collections.reverse(newestFirst);
        assertThat(newestFirst).as("both directions find the same").isEqualTo(oldestFirst);
        return oldestFirst;
    }
}
