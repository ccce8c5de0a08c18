package io.aipanel.sqlite.storage;

import io.aipanel.ports.backup.CopyContract;
import io.aipanel.ports.backup.DamagedCopyContract;
import io.aipanel.ports.backup.HeldSnapshotContract;
import io.aipanel.ports.backup.SnapshotContract;
import io.aipanel.sqlite.storage.FaultyContracts.Faulty;

/** The contracts of snapshots and copies, as {@link FaultyContracts} has others. */
final class FaultyBackupContracts {

    private FaultyBackupContracts() {}

    static final class OfSnapshot extends Faulty implements SnapshotContract {
        OfSnapshot(Fault fault) {
            super(fault);
        }
    }

    static final class OfCopy extends Faulty implements CopyContract {
        OfCopy(Fault fault) {
            super(fault);
        }
    }

    static final class OfHeldSnapshot extends Faulty implements HeldSnapshotContract {
        OfHeldSnapshot(Fault fault) {
            super(fault);
        }

        @Override
        public boolean holdsWritersBack() {
            return true;
        }
    }

    static final class OfDamagedCopy extends Faulty implements DamagedCopyContract {
        OfDamagedCopy(Fault fault) {
            super(fault);
        }
    }
}
