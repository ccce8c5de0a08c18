package io.aipanel.sqlite.storage;

import io.aipanel.domain.audit.ConsistencyProof;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.ports.audit.AuditCutContract;
import io.aipanel.ports.audit.AuditPartContract;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.AuditTreeContract;
import io.aipanel.ports.audit.CheckpointContract;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.storage.StoreContract;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Mistakes about the tree over the audit log, and about what proves it. */
enum ProofFault implements Fault {
    KEEPS_THE_FIRST_TREE(
            AuditTreeContract.class, "everyEventBecomesALeafInOrder", "the tree has a leaf for each event, in order") {
        @Override
        public AuditRepository audit(AuditRepository sound) {
            AtomicReference<Optional<LogTree>> first = new AtomicReference<>(Optional.empty());
            return Replaced.method(
                    AuditRepository.class,
                    sound,
                    "tree",
                    arguments -> first.updateAndGet(kept -> Optional.of(kept.orElseGet(sound::tree)))
                            .orElseThrow());
        }
    },
    PROVES_TODAYS_TREE_ONLY(AuditTreeContract.class, "inclusionIsProvenAtEverySize", "is proven to be in the tree of") {
        @Override
        public AuditRepository audit(AuditRepository sound) {
            return Replaced.method(
                    AuditRepository.class,
                    sound,
                    "inclusion",
                    arguments -> sound.inclusion((long) arguments[0], sound.size()));
        }
    },
    CUTS_A_PROOF_IN_HALF(AuditTreeContract.class, "consistencyIsProvenBetweenAnySizes", "begins with that of") {
        @Override
        public AuditRepository audit(AuditRepository sound) {
            return Replaced.method(AuditRepository.class, sound, "consistency", arguments -> {
                ConsistencyProof proof = sound.consistency((long) arguments[0], (long) arguments[1]);
                return new ConsistencyProof(
                        proof.from(),
                        proof.to(),
                        proof.path().subList(0, proof.path().size() / 2));
            });
        }
    },
    TELLS_LEAVES_ONLY(AuditPartContract.class, "partsTogetherAreTheLogAndItsNodes", "a node comes with its last leaf") {
        @Override
        public AuditRepository audit(AuditRepository sound) {
            return Replaced.method(AuditRepository.class, sound, "part", arguments -> {
                LogPart part = sound.part((long) arguments[0], (int) arguments[1]);
                return new LogPart(
                        part.tree(),
                        part.events(),
                        part.nodes().stream()
                                .filter(node -> node.height() == TreeNode.KEPT_FROM)
                                .toList());
            });
        }
    },
    COUNTS_A_CUT_FROM_THE_BEGINNING(AuditCutContract.class, "cutsFollowEachOther", "a cut counts from the one before") {
        @Override
        public AuditRepository audit(AuditRepository sound) {
            return Replaced.method(AuditRepository.class, sound, "cut", arguments -> {
                sound.cut((long) arguments[0], (NewAuditEvent) arguments[1]);
                return arguments[0];
            });
        }
    },
    NOTES_A_CUT_THAT_DOES_NOTHING(
            AuditCutContract.class, "cuttingWhatIsGoneDoesNothing", "a cut that does nothing is no event") {
        @Override
        public AuditRepository audit(AuditRepository sound) {
            return Replaced.method(AuditRepository.class, sound, "cut", arguments -> {
                long cut = sound.cut((long) arguments[0], (NewAuditEvent) arguments[1]);
                if (cut == 0) {
                    sound.append(List.of((NewAuditEvent) arguments[1]));
                }
                return cut;
            });
        }
    },
    NAMES_A_LOG_ANEW(CheckpointContract.class, "aLogIsNamedOnce", "a log has one name") {
        @Override
        public CheckpointRepository checkpoints(CheckpointRepository sound) {
            return Replaced.method(CheckpointRepository.class, sound, "origin", arguments -> arguments[0]);
        }
    },
    BEGINS_A_NAME_AT_THE_BEGINNING(
            CheckpointContract.class,
            "aLogThatWasRestoredGoesOnUnderAnotherName",
            "a name begins at the size that the log has") {
        @Override
        public CheckpointRepository checkpoints(CheckpointRepository sound) {
            return Replaced.method(
                    CheckpointRepository.class,
                    sound,
                    "beginOrigin",
                    arguments -> new LogOrigin(
                            sound.beginOrigin((String) arguments[0]).name(), 0));
        }
    },
    GOES_BACK_TO_A_NAME(CheckpointContract.class, "aLogNeverHasANameAgain", "example.org/first is taken") {
        @Override
        public CheckpointRepository checkpoints(CheckpointRepository sound) {
            return Replaced.method(
                    CheckpointRepository.class,
                    sound,
                    "beginOrigin",
                    arguments -> sound.origins()
                            .named((String) arguments[0])
                            .orElseGet(() -> sound.beginOrigin((String) arguments[0])));
        }
    },
    SAYS_THAT_EVERY_CHECKPOINT_IS_KEPT(
            CheckpointContract.class, "onlyThePresentNameVouchesForTheLog", "that of a former name") {
        @Override
        public CheckpointRepository checkpoints(CheckpointRepository sound) {
            return Replaced.method(CheckpointRepository.class, sound, "keep", arguments -> {
                sound.keep((KeptCheckpoint) arguments[0]);
                return true;
            });
        }
    },
    TAKES_THE_LAST_CHECKPOINT_FOR_THE_LARGEST(
            CheckpointContract.class, "checkpointsAreKeptToTheLetter", "the largest one") {
        private final AtomicReference<Optional<KeptCheckpoint>> last = new AtomicReference<>(Optional.empty());

        @Override
        public CheckpointRepository checkpoints(CheckpointRepository sound) {
            CheckpointRepository noting = Replaced.method(CheckpointRepository.class, sound, "keep", arguments -> {
                last.set(Optional.of((KeptCheckpoint) arguments[0]));
                return sound.keep((KeptCheckpoint) arguments[0]);
            });
            return Replaced.method(CheckpointRepository.class, noting, "latest", arguments -> last.get());
        }
    };

    private final Class<? extends StoreContract> contract;
    private final String contractCase;
    private final String rule;

    ProofFault(Class<? extends StoreContract> contract, String contractCase, String rule) {
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
