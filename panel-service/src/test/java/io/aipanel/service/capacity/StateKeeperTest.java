package io.aipanel.service.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.domain.capacity.ThresholdStatus;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.service.settings.SettingValues;
import io.aipanel.service.storage.Change;
import io.aipanel.service.storage.Changes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

final class StateKeeperTest extends CapacityStore {

    private final List<StateChange> told = new ArrayList<>();

    private StateKeeper keeper(BiConsumer<Change, StateChange> notices) {
        return new StateKeeper(storage, new Changes(storage, clock), new SettingValues(storage.settings()), notices);
    }

    private StateKeeper keeper() {
        return keeper((change, state) -> {
            told.add(state);
            change.enqueue(NewJob.of("notice"));
        });
    }

    /** A minute passes in which so many sessions were there, and is judged. */
    private void minute(StateKeeper keeper, double sessions) {
        Instant minute = minute(0);
        clock.advance(Duration.ofMinutes(1));
        storage.capacity()
                .put(List.of(
                        Sample.of(Series.SESSIONS, minute, sessions),
                        Sample.of(Series.JOBS_PER_MINUTE, minute, 1),
                        Sample.of(Series.AUDIT_BYTES, minute, 1),
                        writes(Series.WRITE_AUDIT, Step.MINUTE, minute, "host", 1, 1)));
        keeper.judge(clock.instant());
    }

    private void minutes(StateKeeper keeper, int number, double sessions) {
        for (int i = 0; i < number; i++) {
            minute(keeper, sessions);
        }
    }

    private ThresholdStatus sessions() {
        return storage.capacity().states().stream()
                .filter(status -> status.threshold() == Threshold.SESSIONS)
                .findFirst()
                .orElseThrow();
    }

    private List<NewAuditEvent> recorded() {
        storage.outbox().relay(1_000);
        return events().stream()
                .map(AuditEvent::event)
                .filter(event -> event.action().equals("capacity.state"))
                .toList();
    }

    private long jobs() {
        storage.outbox().relay(1_000);
        return storage.jobs().jobs(JobFilter.ALL, PageRequest.first(100)).items().stream()
                .filter(job -> job.type().value().equals("notice"))
                .count();
    }

    @Test
    void thatThingsAreWellFromTheBeginningIsNotedAndNotTold() {
        minute(keeper(), 1);

        assertThat(storage.capacity().states())
                .extracting(ThresholdStatus::threshold, ThresholdStatus::state)
                .hasSize(4)
                .allMatch(each -> each.toList().get(1) == ThresholdState.OK);
        assertThat(recorded()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void aLimitThatIsPassedForAWindowIsToldOnce() {
        StateKeeper keeper = keeper();
        minute(keeper, 1);
        minutes(keeper, 14, 150);
        assertThat(sessions().state()).as("fourteen minutes are no window").isEqualTo(ThresholdState.OK);

        minute(keeper, 150);
        Instant since = clock.instant();
        minutes(keeper, 20, 150);

        assertThat(sessions())
                .isEqualTo(new ThresholdStatus(Threshold.SESSIONS, ThresholdState.BREACHED, since, Optional.of(since)));
        assertThat(told)
                .containsExactly(new StateChange(
                        Threshold.SESSIONS, ThresholdState.OK, ThresholdState.BREACHED, Optional.of(150d), 100, since));
        assertThat(jobs()).isEqualTo(1);
        assertThat(recorded()).hasSize(1).first().satisfies(event -> {
            assertThat(event.actor()).isEqualTo("system");
            assertThat(event.target()).isEqualTo("capacity:sessions");
            assertThat(event.details().value())
                    .isEqualTo(
                            "{\"from\":\"ok\",\"to\":\"breached\",\"value\":150,\"limit\":100,\"unit\":\"sessions\"}");
        });
    }

    @Test
    void itIsToldWhenItIsOver() {
        StateKeeper keeper = keeper();
        minutes(keeper, 15, 150);
        minutes(keeper, 15, 10);

        assertThat(told).extracting(StateChange::to).containsExactly(ThresholdState.BREACHED, ThresholdState.OK);
        assertThat(recorded()).hasSize(2);
    }

    @Test
    void aBurstIsNeitherNotedNorTold() {
        StateKeeper keeper = keeper();
        minute(keeper, 1);
        for (int i = 0; i < 10; i++) {
            minutes(keeper, 14, 100_000);
            minute(keeper, 1);
        }

        assertThat(sessions().state()).isEqualTo(ThresholdState.OK);
        assertThat(told).isEmpty();
    }

    @Test
    void timeInWhichNobodyMeasuredProvesNothing() {
        StateKeeper keeper = keeper();
        minutes(keeper, 8, 150);
        clock.advance(Duration.ofMinutes(1));
        minutes(keeper, 7, 150);
        assertThat(sessions().state()).as("one of sixteen minutes is not known").isEqualTo(ThresholdState.UNKNOWN);

        minutes(keeper, 8, 150);

        assertThat(sessions().state()).isEqualTo(ThresholdState.BREACHED);
        assertThat(told).extracting(StateChange::from).containsExactly(ThresholdState.UNKNOWN);
    }

    @Test
    void aRestartDoesNotEndAState() {
        minutes(keeper(), 15, 150);
        Instant since = sessions().since();
        clock.advance(Duration.ofHours(2));

        minutes(keeper(), 3, 150);

        assertThat(sessions().state()).isEqualTo(ThresholdState.BREACHED);
        assertThat(sessions().since()).isEqualTo(since);
        assertThat(told).hasSize(1);
    }

    @Test
    void limitsAndWindowAreThoseOfTheSettings() {
        panel.settings().set(PROGRAM, new SettingName("capacity.limit.sessions"), "10");
        panel.settings().set(PROGRAM, new SettingName("capacity.window"), "PT2M");
        StateKeeper keeper = keeper();

        minutes(keeper, 2, 9);

        assertThat(sessions().state()).isEqualTo(ThresholdState.WARNING);
    }

    @Test
    void whatCannotBeToldIsNotChangedEither() {
        StateKeeper keeper = keeper((change, state) -> {
            throw new IllegalStateException("no room");
        });
        minutes(keeper, 14, 150);

        assertThatThrownBy(() -> minute(keeper, 150)).hasMessage("no room");

        assertThat(sessions().state()).isEqualTo(ThresholdState.UNKNOWN);
        assertThat(recorded()).isEmpty();
        minute(keeper(), 150);
        assertThat(sessions().state()).isEqualTo(ThresholdState.BREACHED);
        assertThat(recorded()).hasSize(1);
    }

    @Test
    void ofManyWhoSeeAChangeOneTellsIt() throws Exception {
        minutes(keeper((change, state) -> {}), 14, 150);
        Instant minute = minute(0);
        clock.advance(Duration.ofMinutes(1));
        storage.capacity().put(List.of(Sample.of(Series.SESSIONS, minute, 150)));
        CyclicBarrier together = new CyclicBarrier(4);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> judging = () -> {
                StateKeeper keeper = keeper((change, state) -> change.enqueue(NewJob.of("notice")));
                together.await();
                keeper.judge(clock.instant());
                return true;
            };
            for (Future<Boolean> done : threads.invokeAll(List.of(judging, judging, judging, judging))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(sessions().state()).isEqualTo(ThresholdState.BREACHED);
        assertThat(recorded()).hasSize(1);
        assertThat(jobs()).isEqualTo(1);
    }
}
