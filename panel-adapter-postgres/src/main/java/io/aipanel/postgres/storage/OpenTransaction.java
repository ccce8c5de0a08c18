package io.aipanel.postgres.storage;

import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.storage.OutboxFull;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.versions.VersionRepository;
import io.aipanel.postgres.hosting.PostgresHostingRepository;
import io.aipanel.postgres.iam.PostgresIamRepository;
import io.aipanel.postgres.settings.PostgresSettingsRepository;
import io.aipanel.postgres.versions.PostgresVersionRepository;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** A transaction in the hands of a caller. The first failure ends it for good, whatever the caller does about it. */
final class OpenTransaction implements PanelTransaction, Database {

    private final Handle handle;
    private final Failures failures;
    private final Outbox outbox;
    private final Runnable hasEmitted;
    private final Thread owner = Thread.currentThread();
    private boolean ended;
    private long mayEmit;

    /** What the caller was told when it failed, and what this adapter decides by. */
    private @Nullable StoreException told;

    private @Nullable RuntimeException cause;

    /** @param hasEmitted called when effects will wait for the relay once this is committed */
    OpenTransaction(Handle handle, Failures failures, Outbox outbox, Runnable hasEmitted) {
        this.handle = handle;
        this.failures = failures;
        this.outbox = outbox;
        this.hasEmitted = hasEmitted;
    }

    @Override
    public IamRepository iam() {
        refuseIfNotMine();
        return new PostgresIamRepository(this);
    }

    @Override
    public HostingRepository hosting() {
        refuseIfNotMine();
        return new PostgresHostingRepository(this);
    }

    @Override
    public VersionRepository versions() {
        refuseIfNotMine();
        return new PostgresVersionRepository(this);
    }

    @Override
    public SettingsRepository settings() {
        refuseIfNotMine();
        return new PostgresSettingsRepository(this);
    }

    @Override
    public void emit(Effect effect) {
        change(open -> {
            if (mayEmit == 0) {
                mayEmit = outbox.room(open);
            }
            if (mayEmit == 0) {
                throw new OutboxFull(
                        "too many effects of earlier changes wait to be recorded (audit.outbox.max is " + outbox.max()
                                + "): see why they are not delivered, then try again",
                        null);
            }
            outbox.add(open, effect);
            mayEmit--;
            hasEmitted.run();
            return effect;
        });
    }

    @Override
    public <T> T read(Function<? super Handle, ? extends T> statement) {
        return change(statement);
    }

    @Override
    public <T> T change(Function<? super Handle, ? extends T> statements) {
        refuseIfNotMine();
        if (told != null) {
            throw told;
        }
        try {
            return statements.apply(handle);
        } catch (JdbiException e) {
            cause = e;
            told = failures.ofStatement(Failures.find(e).orElseThrow(() -> e));
            throw told;
        } catch (StoreException e) {
            cause = e;
            told = e;
            throw e;
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /** A transaction that has failed must not look committed, even if the caller has swallowed the failure. */
    void throwIfFailed() {
        if (cause != null) {
            throw cause;
        }
    }

    /** What is to be thrown for an exception that came out of the work: the driver's own where it decides what follows. */
    RuntimeException inPlaceOf(RuntimeException thrown) {
        if (cause == null) {
            return thrown;
        }
        boolean conflict = Failures.find(cause).filter(Failures::isConflict).isPresent();
        return conflict || thrown == told ? cause : thrown;
    }

    /** From here on every method refuses. */
    void end() {
        ended = true;
    }

    private void refuseIfNotMine() {
        if (ended) {
            throw new IllegalStateException("the transaction has ended: use it only inside the work it was given to");
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    "the transaction belongs to another thread: use it only where the work runs");
        }
    }
}
