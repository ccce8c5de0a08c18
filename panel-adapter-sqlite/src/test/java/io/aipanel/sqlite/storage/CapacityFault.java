package io.aipanel.sqlite.storage;

import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.ThresholdStatus;
import io.aipanel.ports.capacity.CapacityRepository;
import io.aipanel.ports.capacity.CapacityRepositoryContract;
import io.aipanel.ports.capacity.StorageMeasures;
import io.aipanel.ports.capacity.StorageMeasuresContract;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreContract;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.ports.storage.WriteObserverContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Mistakes about what is measured. */
enum CapacityFault implements Fault {
    TAKES_NOTHING_FOR_A_GAP(
            CapacityRepositoryContract.class, "samplesComeBackToTheLastBit", "a sample without values is a sample") {
        @Override
        public CapacityRepository capacity(CapacityRepository sound) {
            return putting(sound, sample -> sample.count() > 0);
        }
    },
    KEEPS_THE_FIRST_SAMPLE(
            CapacityRepositoryContract.class,
            "aSampleReplacesTheOneThatWasThere",
            "of one series, step, time and source there is one sample") {
        @Override
        public CapacityRepository capacity(CapacityRepository sound) {
            return putting(
                    sound,
                    sample -> sound.sample(sample.series(), sample.step(), sample.at(), sample.source())
                            .isEmpty());
        }
    },
    REMOVES_WHAT_IS_AS_OLD_AS_THE_BOUND(
            CapacityRepositoryContract.class, "oldSamplesGoOldestFirstAndOthersStay", "those before the time") {
        @Override
        public CapacityRepository capacity(CapacityRepository sound) {
            return Replaced.method(
                    CapacityRepository.class,
                    sound,
                    "prune",
                    arguments -> sound.prune(
                            (Step) arguments[0], ((Instant) arguments[1]).plusMillis(1), (Integer) arguments[2]));
        }
    },
    CHANGES_A_STATE_THAT_IS_ANOTHER_BY_NOW(
            CapacityRepositoryContract.class, "aStateIsChangedByWhoKnowsWhatItWas", "it was not what was expected") {
        @Override
        public CapacityRepository capacity(CapacityRepository sound) {
            return Replaced.method(CapacityRepository.class, sound, "change", arguments -> {
                ThresholdStatus next = (ThresholdStatus) arguments[1];
                Optional<ThresholdStatus> present = sound.states().stream()
                        .filter(status -> status.threshold() == next.threshold())
                        .findFirst();
                return sound.change(present, next);
            });
        }
    },
    FORGETS_JOBS_THAT_WERE_REMOVED(
            StorageMeasuresContract.class, "endedJobsAreCountedForGood", "what is tried again has ended all the same") {
        @Override
        public StorageMeasures measures(Storage sound) {
            return Replaced.method(
                    StorageMeasures.class,
                    sound.measures(),
                    "endedJobs",
                    arguments -> sound.jobs().counts().stream()
                            .flatMap(queue -> queue.jobs().entrySet().stream())
                            .filter(state -> state.getKey().isFinished())
                            .mapToLong(Map.Entry::getValue)
                            .sum());
        }
    },
    TELLS_WHO_NO_LONGER_LISTENS(
            WriteObserverContract.class,
            "everySubscriptionHearsUntilItIsClosed",
            "whoever has closed a subscription hears nothing more") {
        @Override
        public Storage.Subscription observeWrites(Storage sound, WriteObserver observer) {
            sound.observeWrites(observer);
            return () -> {};
        }
    };

    private final Class<? extends StoreContract> contract;
    private final String contractCase;
    private final String rule;

    CapacityFault(Class<? extends StoreContract> contract, String contractCase, String rule) {
        this.contract = contract;
        this.contractCase = contractCase;
        this.rule = rule;
    }

    @Override
    public Class<? extends StoreContract> contract() {
        return contract;
    }

    @Override
    public String contractCase() {
        return contractCase;
    }

    @Override
    public String rule() {
        return rule;
    }

    private static CapacityRepository putting(CapacityRepository sound, Predicate<Sample> kept) {
        return Replaced.method(CapacityRepository.class, sound, "put", arguments -> {
            List<Sample> samples = ((List<?>) arguments[0])
                    .stream().map(Sample.class::cast).filter(kept).toList();
            sound.put(samples);
            return null;
        });
    }
}
