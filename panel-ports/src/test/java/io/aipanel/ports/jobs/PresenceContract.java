package io.aipanel.ports.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.WorkerPresence;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is there to work. */
public interface PresenceContract extends StoreContract {

    private static WorkerPresence presence(String worker, String queue, String... types) {
        return new WorkerPresence(
                worker, new QueueName(queue), Stream.of(types).map(JobType::new).collect(Collectors.toSet()));
    }

    @Test
    default void aWorkerIsThereAsItSaidLast() {
        try (StorageHarness harness = fresh()) {
            QueueRepository queues = harness.storage().queues();
            queues.present(presence("one", "mail", "send", "Send"), Duration.ofMinutes(1));
            queues.present(presence("one", "other", "send"), Duration.ofMinutes(1));
            queues.present(presence("one", "mail", "receive", "a.b_c-d"), Duration.ofMinutes(1));

            assertThat(queues.present())
                    .as("a worker is there as it said last about each queue")
                    .containsExactly(presence("one", "mail", "receive", "a.b_c-d"), presence("one", "other", "send"));
        }
    }

    @Test
    default void aWorkerThatSaysNothingMoreIsForgotten() {
        try (StorageHarness harness = fresh()) {
            QueueRepository queues = harness.storage().queues();
            queues.present(presence("short", "mail", "send"), Duration.ofMinutes(2));
            queues.present(presence("long", "mail", "send"), Duration.ofDays(1));

            harness.advance(Duration.ofMinutes(1));
            assertThat(queues.present()).as("both are there").hasSize(2);
            harness.advance(Duration.ofMinutes(2));
            assertThat(queues.present())
                    .as("a worker that says nothing more is forgotten")
                    .containsExactly(presence("long", "mail", "send"));
            harness.advance(Duration.ofDays(2));
            assertThat(queues.present()).as("nobody is there").isEmpty();
        }
    }

    @Test
    default void aSignOfLifeHoldsFromNowOn() {
        try (StorageHarness harness = fresh()) {
            QueueRepository queues = harness.storage().queues();
            WorkerPresence worker = presence("one", "mail", "send");
            queues.present(worker, Duration.ofMinutes(10));
            harness.advance(Duration.ofMinutes(8));
            queues.present(worker, Duration.ofMinutes(10));
            harness.advance(Duration.ofMinutes(8));
            assertThat(queues.present()).as("a sign of life holds from now on").containsExactly(worker);

            queues.present(worker, Duration.ofMinutes(1));
            harness.advance(Duration.ofMinutes(2));
            assertThat(queues.present())
                    .as("a shorter one replaces a longer one")
                    .isEmpty();
        }
    }

    @Test
    default void aWorkerThatLeavesIsForgottenInAllItsQueues() {
        try (StorageHarness harness = fresh()) {
            QueueRepository queues = harness.storage().queues();
            queues.present(presence("one", "mail", "send"), Duration.ofHours(1));
            queues.present(presence("one", "other", "send"), Duration.ofHours(1));
            queues.present(presence("two", "mail", "send"), Duration.ofHours(1));

            queues.absent("one");
            queues.absent("one");
            queues.absent("nobody");

            assertThat(queues.present())
                    .as("who leaves is forgotten, and nobody else")
                    .containsExactly(presence("two", "mail", "send"));
        }
    }

    @Test
    default void workersComeByQueueThenName() {
        try (StorageHarness harness = fresh()) {
            QueueRepository queues = harness.storage().queues();
            List<WorkerPresence> expected = Stream.of("B", "a", "a-b", "ab")
                    .flatMap(queue -> HostileTexts.IN_ORDER.stream().map(worker -> presence(worker, queue, "send")))
                    .toList();
            List<WorkerPresence> arriving = new ArrayList<>(expected);
            Collections.reverse(arriving);
            arriving.forEach(each -> queues.present(each, Duration.ofHours(1)));

            assertThat(queues.present())
                    .as("workers come by queue, then name, in code point order")
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    default void aSignOfLifeHoldsForAMillisecondToADay() {
        try (StorageHarness harness = fresh()) {
            QueueRepository queues = harness.storage().queues();
            WorkerPresence worker = presence("one", "mail", "send");
            for (Duration duration : List.of(
                    Duration.ZERO,
                    Duration.ofNanos(999_999),
                    Duration.ofMillis(-1),
                    Duration.ofDays(1).plusMillis(1))) {
                Refusal.of(
                        IllegalArgumentException.class,
                        "a sign of life holds for a millisecond to a day",
                        () -> queues.present(worker, duration));
            }
            assertThat(queues.present()).as("a refusal changes nothing").isEmpty();
            queues.present(worker, Duration.ofMillis(1));
            queues.present(worker, Duration.ofDays(1));
            assertThat(queues.present()).as("the longest").containsExactly(worker);
        }
    }

    @Test
    default void everyOpeningSeesTheSameWorkers() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            other.queues().present(presence("one", "mail", "send"), Duration.ofHours(1));

            assertThat(harness.storage().queues().present())
                    .as("every opening sees the same workers")
                    .containsExactly(presence("one", "mail", "send"));
            harness.storage().queues().absent("one");
            assertThat(other.queues().present())
                    .as("who has left has left for all")
                    .isEmpty();
        }
    }
}
