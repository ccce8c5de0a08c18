package io.aipanel.bench.audit;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events as a busy panel has them: some twenty people, thirty kinds of action, some thousand targets, a few hundred addresses,
 * a request of its own for each, one in fifty refused or failed. Safe for use by many threads.
 */
public final class SampleEvents {

    private static final int ACTORS = 20;
    private static final int ACTIONS = 30;
    private static final int TARGETS = 2_000;
    private static final int ADDRESSES = 300;
    private static final int FAILURES = 50;

    /** Odd and large, so that neighbouring events have little in common. */
    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    private final AtomicLong next = new AtomicLong();
    private final Instant begin;
    private final long stepMicros;

    /**
     * @param begin when the first one was done
     * @param stepMicros how much later each next one was done
     */
    public SampleEvents(Instant begin, long stepMicros) {
        this.begin = begin;
        this.stepMicros = stepMicros;
    }

    NewAuditEvent next() {
        long number = next.getAndIncrement();
        long mixed = number * STRIDE >>> 16;
        Instant at = at(number);
        return new NewAuditEvent(
                at,
                actor(mixed % ACTORS),
                action(mixed / 7 % ACTIONS),
                target(mixed / 11 % TARGETS),
                mixed / 13 % FAILURES == 0 ? AuditOutcome.REFUSED : AuditOutcome.SUCCESS,
                Optional.of(address(mixed / 17 % ADDRESSES)),
                Optional.of(requestId(at, number)),
                new JsonText("{\"host\": \"site-" + mixed % 10_000 + ".example.org\", \"php\": \"8.3\", \"number\": "
                        + number + "}"));
    }

    /** When one of the events that were made so far was done. */
    Instant some(Random random) {
        return at(random.nextLong(next.get()));
    }

    /** The request of one of the events that were made so far. */
    String someRequest(Random random) {
        long number = random.nextLong(next.get());
        return requestId(at(number), number);
    }

    private Instant at(long number) {
        return begin.plusNanos(number * stepMicros * 1_000);
    }

    /** The next ones. */
    public List<NewAuditEvent> next(int number) {
        List<NewAuditEvent> events = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            events.add(next());
        }
        return events;
    }

    static String actor(long number) {
        return "user:person-" + number % ACTORS + "@example.org";
    }

    static String action(long number) {
        return "area" + number % ACTIONS / 6 + ".action-" + number % ACTIONS;
    }

    static String target(long number) {
        return "site:" + new UUID(number % TARGETS * STRIDE, number % TARGETS);
    }

    static String address(long number) {
        return "2001:db8::" + Long.toHexString(number % ADDRESSES);
    }

    /** Ordered by time, as those of the panel's own requests are. */
    static String requestId(Instant at, long number) {
        return new UUID(at.toEpochMilli() << 16 | 0x7000 | number & 0xFFF, number * STRIDE).toString();
    }
}
