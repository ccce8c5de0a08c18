package io.aipanel.sqlite.storage;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.audit.AuditAppendContract;
import io.aipanel.ports.audit.AuditFilterContract;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.OutboxRelay;
import io.aipanel.ports.storage.OutboxRelayContract;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreContract;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Mistakes about the audit log and about effects on their way to it. */
enum LogFault implements Fault {
    LOSES_AN_EFFECT(OutboxRelayContract.class, "effectsKeepTheirOrder", "effects keep their order") {
        private final AtomicLong emitted = new AtomicLong();

        @Override
        public PanelTransaction transaction(PanelTransaction sound) {
            return Replaced.method(PanelTransaction.class, sound, "emit", arguments -> {
                if (emitted.incrementAndGet() % 3 != 0) {
                    sound.emit((Effect) arguments[0]);
                }
                return null;
            });
        }
    },
    DELIVERS_AN_EFFECT_TWICE(OutboxRelayContract.class, "anEffectIsMovedOnce", "an effect is delivered exactly once") {
        @Override
        public OutboxRelay outbox(Storage sound) {
            return Replaced.method(OutboxRelay.class, sound.outbox(), "relay", arguments -> {
                OutboxRelay.Relayed relayed = sound.outbox().relay((int) arguments[0]);
                sound.audit()
                        .event(sound.audit().size() - 1)
                        .filter(last -> relayed.moved() > 0)
                        .ifPresent(last -> sound.audit().append(List.of(last.event())));
                return relayed;
            });
        }
    },
    MOVES_MORE_THAN_IT_WAS_ASKED_FOR(
            OutboxRelayContract.class, "noMoreEffectsAreMovedThanAskedForAndTheOldestFirst", "no more than asked for") {
        @Override
        public OutboxRelay outbox(Storage sound) {
            return Replaced.method(
                    OutboxRelay.class,
                    sound.outbox(),
                    "relay",
                    arguments -> sound.outbox().relay(Math.max((int) arguments[0], 1000)));
        }
    },
    APPENDS_ONE_BY_ONE(
            AuditAppendContract.class,
            "eventsOfOneAppendStandNextToEachOtherUnderARace",
            "events of one append stand next to each other") {
        @Override
        public AuditRepository audit(AuditRepository sound) {
            return Replaced.method(
                    AuditRepository.class,
                    sound,
                    "append",
                    arguments -> ((List<?>) arguments[0])
                            .stream()
                                    .flatMap(event -> sound.append(List.of((NewAuditEvent) event)).stream())
                                    .toList());
        }
    },
    TAKES_THE_END_OF_A_SPAN_IN(
            AuditFilterContract.class, "theTimeFromIsInclusiveAndTheTimeToExclusive", "to is exclusive") {
        @Override
        public AuditRepository audit(AuditRepository sound) {
            return Replaced.method(AuditRepository.class, sound, "events", arguments -> {
                AuditFilter filter = (AuditFilter) arguments[0];
                AuditFilter wider = filter.to()
                        .map(to -> filter.to(to.plus(1, ChronoUnit.MICROS)))
                        .orElse(filter);
                return sound.events(wider, (PageRequest) arguments[1]);
            });
        }
    },
    TAKES_A_PREFIX_FOR_A_NAME(
            AuditFilterContract.class, "anActionWithAFinalDotIsAPrefix", "a final dot makes a prefix") {
        @Override
        public AuditRepository audit(AuditRepository sound) {
            return Replaced.method(AuditRepository.class, sound, "events", arguments -> {
                AuditFilter filter = (AuditFilter) arguments[0];
                AuditFilter exact = filter.actionPrefix()
                        .map(prefix -> filter.action(prefix.substring(0, prefix.length() - 1)))
                        .orElse(filter);
                return sound.events(exact, (PageRequest) arguments[1]);
            });
        }
    };

    private final Class<? extends StoreContract> contract;
    private final String contractCase;
    private final String rule;

    LogFault(Class<? extends StoreContract> contract, String contractCase, String rule) {
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
}
