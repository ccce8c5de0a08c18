package io.aipanel.sqlite.storage;

import io.aipanel.ports.audit.AuditCutContract;
import io.aipanel.ports.audit.AuditPartContract;
import io.aipanel.ports.audit.AuditTreeContract;
import io.aipanel.ports.audit.CheckpointContract;
import io.aipanel.sqlite.storage.FaultyContracts.Faulty;

/** The contracts of the tree over the audit log, as {@link FaultyContracts} has others. */
final class FaultyProofContracts {

    private FaultyProofContracts() {}

    static final class OfAuditTree extends Faulty implements AuditTreeContract {
        OfAuditTree(Fault fault) {
            super(fault);
        }
    }

    static final class OfAuditPart extends Faulty implements AuditPartContract {
        OfAuditPart(Fault fault) {
            super(fault);
        }
    }

    static final class OfAuditCut extends Faulty implements AuditCutContract {
        OfAuditCut(Fault fault) {
            super(fault);
        }
    }

    static final class OfCheckpoint extends Faulty implements CheckpointContract {
        OfCheckpoint(Fault fault) {
            super(fault);
        }
    }
}
