package io.aipanel.bench.audit;

import io.aipanel.bench.harness.Progress;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.ports.audit.AuditRepository;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.HdrHistogram.Histogram;

/** What a log is asked, and how long its answers take: at the port, as the service hands every question on unchanged. */
final class Questions {

    private static final int PAGE = 50;
    private static final int COLD_TIMES = 20;
    private static final Duration WEEK = Duration.ofDays(7);

    private final AuditRepository audit;
    private final SampleEvents samples;
    private final Instant begin;
    private final int times;
    private final Random random = new Random(1);
    private final Progress progress;

    /** @param begin when the first event was done */
    Questions(AuditRepository audit, SampleEvents samples, Instant begin, int times, Progress progress) {
        this.audit = audit;
        this.samples = samples;
        this.begin = begin;
        this.times = times;
        this.progress = progress;
    }

    /** What 95 of 100 pages take at most, in milliseconds, of the question that takes longest. */
    double pages() {
        double worst = 0;
        for (Map.Entry<String, IntConsumer> question : forPages().entrySet()) {
            double p95 = p95(question.getValue());
            progress.say("  pages by %s: p95 %.2f ms", question.getKey(), p95);
            worst = Math.max(worst, p95);
        }
        return worst;
    }

    /** Tells how long pages take when the operating system has none of the log in memory, if it can be made to forget it. */
    void coldPages() throws IOException, InterruptedException {
        if (!SystemCaches.canBeDropped()) {
            progress.say(
                    "  pages without the system's caches: not measured, because only root can drop these, on Linux");
            return;
        }
        for (Map.Entry<String, IntConsumer> question : forPages().entrySet()) {
            Histogram nanos = new Histogram(3);
            for (int i = 0; i < Math.min(times, COLD_TIMES); i++) {
                SystemCaches.drop();
                long start = System.nanoTime();
                question.getValue().accept(i);
                nanos.recordValue(System.nanoTime() - start);
            }
            progress.say(
                    "  pages by %s without the system's caches: p50 %.2f ms, p95 %.2f ms",
                    question.getKey(), nanos.getValueAtPercentile(50) / 1e6, nanos.getValueAtPercentile(95) / 1e6);
        }
    }

    private Map<String, IntConsumer> forPages() {
        Map<String, IntConsumer> questions = new LinkedHashMap<>();
        questions.put("all", i -> page(AuditFilter.NEWEST));
        questions.put("time", i -> page(AuditFilter.NEWEST.from(begin).to(samples.some(random))));
        questions.put("actor", i -> page(AuditFilter.NEWEST.actor(SampleEvents.actor(i))));
        questions.put("action", i -> page(AuditFilter.NEWEST.action(SampleEvents.action(i))));
        questions.put("action prefix", i -> page(AuditFilter.NEWEST.action("area" + i % 5 + ".")));
        questions.put("target", i -> page(AuditFilter.NEWEST.target(SampleEvents.target(i))));
        questions.put("outcome", i -> page(AuditFilter.NEWEST.outcome(AuditOutcome.REFUSED)));
        questions.put("address", i -> page(AuditFilter.NEWEST.address(SampleEvents.address(i))));
        questions.put("request", i -> page(AuditFilter.NEWEST.requestId(samples.someRequest(random))));
        questions.put(
                "text",
                i -> page(AuditFilter.NEWEST
                        .actor(SampleEvents.actor(i))
                        .to(samples.some(random))
                        .text("site-77")));
        return questions;
    }

    /** What 95 of 100 counts by day over a week take at most, in milliseconds. */
    double summaries() {
        return p95(i -> {
            Instant to = samples.some(random);
            audit.counts(AuditFilter.NEWEST.from(to.minus(WEEK)).to(to), EventGrouping.DAY);
        });
    }

    /** What 95 of 100 proofs take at most, in milliseconds, of events and between sizes. */
    double proofs() {
        long size = audit.size();
        double inclusion = p95(i -> audit.inclusion(random.nextLong(size), size));
        double consistency = p95(i -> audit.consistency(1 + random.nextLong(size), size));
        progress.say(
                "  proofs at %d events: inclusion p95 %.2f ms, consistency p95 %.2f ms", size, inclusion, consistency);
        return Math.max(inclusion, consistency);
    }

    private void page(AuditFilter filter) {
        audit.events(filter, PageRequest.first(PAGE));
    }

    private double p95(IntConsumer question) {
        for (int i = 0; i < times / 4; i++) {
            question.accept(i);
        }
        Histogram nanos = new Histogram(3);
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            question.accept(i);
            nanos.recordValue(System.nanoTime() - start);
        }
        return nanos.getValueAtPercentile(95) / 1e6;
    }
}
