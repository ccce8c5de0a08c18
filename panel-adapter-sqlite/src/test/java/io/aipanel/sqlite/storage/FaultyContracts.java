package io.aipanel.sqlite.storage;

import io.aipanel.ports.audit.AuditAppendContract;
import io.aipanel.ports.audit.AuditFilterContract;
import io.aipanel.ports.hosting.SiteListContract;
import io.aipanel.ports.iam.ApiTokenContract;
import io.aipanel.ports.iam.LoginThrottleContract;
import io.aipanel.ports.iam.UserChangeContract;
import io.aipanel.ports.iam.UserContract;
import io.aipanel.ports.iam.UserListContract;
import io.aipanel.ports.storage.ClosedStorageContract;
import io.aipanel.ports.storage.OutboxRelayContract;
import io.aipanel.ports.storage.SignalContract;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreContract;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.TimeContract;
import io.aipanel.ports.storage.TransactionContract;
import io.aipanel.sqlite.SqliteStorageHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Contracts on a storage with a fault, to be run by {@link BrokenStorageTest} alone: nested classes are not found by the
 * build. Which fault it is comes as the configuration parameter {@value #FAULT}.
 */
final class FaultyContracts {

    /** The configuration parameter that names the fault; without it there is none. */
    static final String FAULT = "panel.fault";

    private FaultyContracts() {}

    /** Every fault there is. */
    static List<Fault> faults() {
        return Stream.<Fault[]>of(
                        PanelFault.values(),
                        QueueFault.values(),
                        LimitFault.values(),
                        HistoryFault.values(),
                        EndFault.values(),
                        LogFault.values(),
                        ProofFault.values(),
                        BackupFault.values(),
                        CapacityFault.values())
                .flatMap(Arrays::stream)
                .toList();
    }

    /** The nested class that runs a contract. */
    static Class<?> runnerOf(Class<? extends StoreContract> contract) {
        return Stream.of(
                        FaultyContracts.class,
                        FaultyQueueContracts.class,
                        FaultyProofContracts.class,
                        FaultyBackupContracts.class,
                        FaultyCapacityContracts.class)
                .map(Class::getDeclaredClasses)
                .flatMap(Arrays::stream)
                .filter(contract::isAssignableFrom)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "one of FaultyContracts, FaultyQueueContracts, FaultyProofContracts, FaultyBackupContracts and"
                                + " FaultyCapacityContracts has a class for " + contract.getName()));
    }

    /** Opens the storage under test with the fault of this run. */
    @ExtendWith(FaultOfThisRun.class)
    abstract static class Faulty implements StoreContract {

        private final Fault fault;

        Faulty(Fault fault) {
            this.fault = fault;
        }

        @Override
        public StorageHarness fresh() {
            return new FaultyHarness(SqliteStorageHarness.create(), fault);
        }
    }

    static final class FaultOfThisRun implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Fault.class;
        }

        @Override
        public Fault resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getConfigurationParameter(FAULT)
                    .map(name -> faults().stream()
                            .filter(fault -> fault.toString().equals(name))
                            .findFirst()
                            .orElseThrow())
                    .orElse(Fault.NONE);
        }
    }

    private static final class FaultyHarness implements StorageHarness {

        private final StorageHarness sound;
        private final Fault fault;
        private final Storage storage;

        FaultyHarness(StorageHarness sound, Fault fault) {
            this.sound = sound;
            this.fault = fault;
            this.storage = new FaultyStorage(sound.storage(), fault);
        }

        @Override
        public Storage storage() {
            return storage;
        }

        @Override
        public Storage openAnother(UnaryOperator<StorageOptions> change) {
            return new FaultyStorage(sound.openAnother(change), fault);
        }

        @Override
        public StorageOptions options() {
            return sound.options();
        }

        @Override
        public StorageProvider provider() {
            return new FaultyProvider(sound.provider(), fault);
        }

        @Override
        public Storage openCopies(Map<StoreName, Path> copies) {
            return sound.openCopies(copies);
        }

        @Override
        public Instant now() {
            return sound.now();
        }

        @Override
        public void advance(Duration duration) {
            sound.advance(duration);
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    static final class OfAuditAppend extends Faulty implements AuditAppendContract {
        OfAuditAppend(Fault fault) {
            super(fault);
        }
    }

    static final class OfAuditFilter extends Faulty implements AuditFilterContract {
        OfAuditFilter(Fault fault) {
            super(fault);
        }
    }

    static final class OfSiteList extends Faulty implements SiteListContract {
        OfSiteList(Fault fault) {
            super(fault);
        }
    }

    static final class OfApiToken extends Faulty implements ApiTokenContract {
        OfApiToken(Fault fault) {
            super(fault);
        }
    }

    static final class OfLoginThrottle extends Faulty implements LoginThrottleContract {
        OfLoginThrottle(Fault fault) {
            super(fault);
        }
    }

    static final class OfUser extends Faulty implements UserContract {
        OfUser(Fault fault) {
            super(fault);
        }
    }

    static final class OfUserChange extends Faulty implements UserChangeContract {
        OfUserChange(Fault fault) {
            super(fault);
        }
    }

    static final class OfUserList extends Faulty implements UserListContract {
        OfUserList(Fault fault) {
            super(fault);
        }
    }

    static final class OfClosedStorage extends Faulty implements ClosedStorageContract {
        OfClosedStorage(Fault fault) {
            super(fault);
        }
    }

    static final class OfOutboxRelay extends Faulty implements OutboxRelayContract {
        OfOutboxRelay(Fault fault) {
            super(fault);
        }
    }

    static final class OfSignal extends Faulty implements SignalContract {
        OfSignal(Fault fault) {
            super(fault);
        }
    }

    static final class OfTime extends Faulty implements TimeContract {
        OfTime(Fault fault) {
            super(fault);
        }
    }

    static final class OfTransaction extends Faulty implements TransactionContract {
        OfTransaction(Fault fault) {
            super(fault);
        }
    }
}
