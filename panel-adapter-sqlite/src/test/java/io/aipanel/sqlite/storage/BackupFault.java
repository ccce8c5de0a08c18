package io.aipanel.sqlite.storage;

import io.aipanel.ports.backup.CopyContract;
import io.aipanel.ports.backup.CopyProgress;
import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.backup.DamagedCopyContract;
import io.aipanel.ports.backup.HeldSnapshotContract;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.backup.SnapshotContract;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreContract;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Mistakes about snapshots and copies. */
enum BackupFault implements Fault {
    COPIES_WHAT_IS_THERE_BY_NOW(
            SnapshotContract.class, "aSnapshotHoldsWhatWasCommittedAndNothingLater", "and nothing later") {
        @Override
        void copy(Storage sound, Snapshot snapshot, StoreName store, Path file, CopyProgress progress) {
            try (Snapshot now = sound.snapshot()) {
                now.copy(store, file, progress);
            }
        }
    },
    HOLDS_THE_AUDIT_LOG_AT_A_LATER_INSTANT(
            SnapshotContract.class, "aChangeAndItsEffectAreInASnapshotTogether", "together, or neither is") {
        @Override
        void copy(Storage sound, Snapshot snapshot, StoreName store, Path file, CopyProgress progress) {
            if (store != StoreName.AUDIT) {
                snapshot.copy(store, file, progress);
                return;
            }
            // Others write all the time.
            long later = sound.audit().size() + 100;
            while (sound.audit().size() < later) {
                sound.outbox().relay(100);
            }
            try (Snapshot now = sound.snapshot()) {
                now.copy(store, file, progress);
            }
        }
    },
    WRITES_OVER_FILES(CopyContract.class, "aFileThatIsThereIsLeftAsItIs", "is not written over") {
        @Override
        void copy(Storage sound, Snapshot snapshot, StoreName store, Path file, CopyProgress progress)
                throws IOException {
            Files.deleteIfExists(file);
            snapshot.copy(store, file, progress);
        }
    },
    LETS_EVERYBODY_READ_COPIES(CopyContract.class, "aCopyIsForItsOwnerOnly", "who may read") {
        @Override
        void copy(Storage sound, Snapshot snapshot, StoreName store, Path file, CopyProgress progress)
                throws IOException {
            snapshot.copy(store, file, progress);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    },
    LETS_WRITERS_GO_ON(HeldSnapshotContract.class, "whileItIsHeldNobodyWritesAndEverybodyReads", "nobody writes") {
        @Override
        public Snapshot heldSnapshot(Storage sound) {
            return sound.snapshot();
        }
    },
    FINDS_NOTHING_WRONG(DamagedCopyContract.class, "aCopyThatEndsTooEarlyIsNoticed", "is noticed") {
        @Override
        public CopyReport examine(StorageProvider sound, StoreName store, Path copy) {
            CopyReport report = sound.examine(store, copy);
            return new CopyReport(report.schemaVersion(), report.pages(), report.rows(), report.tree(), List.of());
        }
    };

    private final Class<? extends StoreContract> contract;
    private final String contractCase;
    private final String rule;

    BackupFault(Class<? extends StoreContract> contract, String contractCase, String rule) {
        this.contract = contract;
        this.contractCase = contractCase;
        this.rule = rule;
    }

    /** Copies with this mistake. */
    void copy(Storage sound, Snapshot snapshot, StoreName store, Path file, CopyProgress progress) throws IOException {
        snapshot.copy(store, file, progress);
    }

    @Override
    public Snapshot snapshot(Storage sound) {
        Snapshot snapshot = sound.snapshot();
        return Replaced.method(Snapshot.class, snapshot, "copy", arguments -> {
            try {
                copy(sound, snapshot, (StoreName) arguments[0], (Path) arguments[1], (CopyProgress) arguments[2]);
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
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
}
