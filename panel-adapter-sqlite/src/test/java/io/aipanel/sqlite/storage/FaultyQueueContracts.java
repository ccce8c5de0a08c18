package io.aipanel.sqlite.storage;

import io.aipanel.ports.jobs.BulkChangeContract;
import io.aipanel.ports.jobs.CancelContract;
import io.aipanel.ports.jobs.ClaimContract;
import io.aipanel.ports.jobs.ConcurrencyKeyContract;
import io.aipanel.ports.jobs.EnqueueContract;
import io.aipanel.ports.jobs.FinishContract;
import io.aipanel.ports.jobs.HistoryContract;
import io.aipanel.ports.jobs.JobReportContract;
import io.aipanel.ports.jobs.LeaseContract;
import io.aipanel.ports.jobs.PresenceContract;
import io.aipanel.ports.jobs.PruneContract;
import io.aipanel.ports.jobs.QueueLimitContract;
import io.aipanel.ports.jobs.QueueSettingsContract;
import io.aipanel.ports.jobs.RateLimitContract;
import io.aipanel.ports.jobs.RequeueContract;
import io.aipanel.ports.jobs.RetryContract;
import io.aipanel.ports.jobs.ScheduleContract;
import io.aipanel.ports.jobs.UniqueKeyContract;
import io.aipanel.ports.jobs.UniquePeriodContract;
import io.aipanel.ports.storage.QueueTransactionContract;
import io.aipanel.sqlite.storage.FaultyContracts.Faulty;

/** The contracts of the queue store among the {@link FaultyContracts}. */
final class FaultyQueueContracts {

    private FaultyQueueContracts() {}

    static final class OfUniqueKey extends Faulty implements UniqueKeyContract {
        OfUniqueKey(Fault fault) {
            super(fault);
        }
    }

    static final class OfRetry extends Faulty implements RetryContract {
        OfRetry(Fault fault) {
            super(fault);
        }
    }

    static final class OfLease extends Faulty implements LeaseContract {
        OfLease(Fault fault) {
            super(fault);
        }
    }

    static final class OfEnqueue extends Faulty implements EnqueueContract {
        OfEnqueue(Fault fault) {
            super(fault);
        }
    }

    static final class OfClaim extends Faulty implements ClaimContract {
        OfClaim(Fault fault) {
            super(fault);
        }
    }

    static final class OfUniquePeriod extends Faulty implements UniquePeriodContract {
        OfUniquePeriod(Fault fault) {
            super(fault);
        }
    }

    static final class OfConcurrencyKey extends Faulty implements ConcurrencyKeyContract {
        OfConcurrencyKey(Fault fault) {
            super(fault);
        }
    }

    static final class OfQueueLimit extends Faulty implements QueueLimitContract {
        OfQueueLimit(Fault fault) {
            super(fault);
        }
    }

    static final class OfRateLimit extends Faulty implements RateLimitContract {
        OfRateLimit(Fault fault) {
            super(fault);
        }
    }

    static final class OfQueueSettings extends Faulty implements QueueSettingsContract {
        OfQueueSettings(Fault fault) {
            super(fault);
        }
    }

    static final class OfPresence extends Faulty implements PresenceContract {
        OfPresence(Fault fault) {
            super(fault);
        }
    }

    static final class OfSchedule extends Faulty implements ScheduleContract {
        OfSchedule(Fault fault) {
            super(fault);
        }
    }

    static final class OfHistory extends Faulty implements HistoryContract {
        OfHistory(Fault fault) {
            super(fault);
        }
    }

    static final class OfJobReport extends Faulty implements JobReportContract {
        OfJobReport(Fault fault) {
            super(fault);
        }
    }

    static final class OfFinish extends Faulty implements FinishContract {
        OfFinish(Fault fault) {
            super(fault);
        }
    }

    static final class OfCancel extends Faulty implements CancelContract {
        OfCancel(Fault fault) {
            super(fault);
        }
    }

    static final class OfRequeue extends Faulty implements RequeueContract {
        OfRequeue(Fault fault) {
            super(fault);
        }
    }

    static final class OfBulkChange extends Faulty implements BulkChangeContract {
        OfBulkChange(Fault fault) {
            super(fault);
        }
    }

    static final class OfPrune extends Faulty implements PruneContract {
        OfPrune(Fault fault) {
            super(fault);
        }
    }

    static final class OfQueueTransaction extends Faulty implements QueueTransactionContract {
        OfQueueTransaction(Fault fault) {
            super(fault);
        }
    }
}
