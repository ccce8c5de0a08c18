package io.aipanel.sqlite.storage;

import io.aipanel.ports.capacity.CapacityRepositoryContract;
import io.aipanel.ports.capacity.StorageMeasuresContract;
import io.aipanel.ports.storage.WriteObserverContract;
import io.aipanel.sqlite.storage.FaultyContracts.Faulty;

/** The contracts of what is measured, as {@link FaultyContracts} has others. */
final class FaultyCapacityContracts {

    private FaultyCapacityContracts() {}

    static final class OfSamples extends Faulty implements CapacityRepositoryContract {
        OfSamples(Fault fault) {
            super(fault);
        }
    }

    static final class OfMeasures extends Faulty implements StorageMeasuresContract {
        OfMeasures(Fault fault) {
            super(fault);
        }
    }

    static final class OfWrites extends Faulty implements WriteObserverContract {
        OfWrites(Fault fault) {
            super(fault);
        }
    }
}
