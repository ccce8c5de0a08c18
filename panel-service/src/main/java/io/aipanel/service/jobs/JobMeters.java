package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.QueueName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is measured of jobs. Safe for use by many threads. */
public final class JobMeters {

    /** Whoever may enqueue could otherwise fill the memory with names. */
    private static final int MAX_TYPES = 1_000;

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<Key, TypeMeters> types = new ConcurrentHashMap<>();
    private final MultiGauge jobs;

    /**
     * @param registry where it is measured
     * @param clock tells how long jobs have waited
     */
    public JobMeters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.jobs = MultiGauge.builder("panel.jobs")
                .description("Jobs in each state")
                .register(registry);
    }

    /** The meters of a type in a queue. */
    TypeMeters of(QueueName queue, JobType type) {
        Key key = new Key(queue, type);
        TypeMeters known = types.get(key);
        if (known != null) {
            return known;
        }
        if (types.size() >= MAX_TYPES) {
            return new TypeMeters(registry, clock, "other", "other");
        }
        return types.computeIfAbsent(key, wanted -> new TypeMeters(registry, clock, queue.value(), type.value()));
    }

    void enqueued(List<NewJob> wanted, List<Enqueued> answers) {
        if (answers.size() == 1) {
            if (answers.get(0).isNew()) {
                of(wanted.get(0).queue(), wanted.get(0).type()).enqueued(1);
            }
            return;
        }
        Map<Key, Integer> added = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).isNew()) {
                added.merge(new Key(wanted.get(i).queue(), wanted.get(i).type()), 1, Integer::sum);
            }
        }
        added.forEach((key, number) -> of(key.queue(), key.type()).enqueued(number));
    }

    /** Shows how many jobs there are now. */
    public void show(List<QueueCounts> counts) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (QueueCounts queue : counts) {
            for (JobState state : JobState.values()) {
                rows.add(MultiGauge.Row.of(
                        Tags.of("queue", queue.queue().value(), "state", state.wireName()),
                        queue.jobs().getOrDefault(state, 0L)));
            }
        }
        jobs.register(rows, true);
    }

    /** Shows no jobs any more: the registry may outlive the panel. */
    public void forget() {
        jobs.register(List.of(), true);
    }

    private record Key(QueueName queue, JobType type) {}
}
