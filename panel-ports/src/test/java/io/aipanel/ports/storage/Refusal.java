package io.aipanel.ports.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipanel.domain.InvalidValueException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Calls that a store must refuse. Each names the rule, so that a failure says which one was broken. */
public final class Refusal {

    private Refusal() {}

    /** The exception of a call that must be refused with this kind of exception. */
    public static <E extends Throwable> E of(Class<E> kind, String rule, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).as(rule).isNotNull().isInstanceOf(kind);
        if (thrown instanceof StoreException) {
            assertThat(thrown.getMessage()).as("a failure says what happened").isNotBlank();
        }
        return kind.cast(thrown);
    }

    /** Calls that must all be refused because the transaction that they belong to is over; by the method that was called. */
    public static void afterItsTransaction(Map<String, Throwable> failures) {
        failures.forEach((method, failure) -> assertThat(failure)
                .as("a transaction is good only until its work returns: %s", method)
                .isInstanceOf(IllegalStateException.class));
    }

    /** What a call on another thread fails with. */
    public static Throwable onAnotherThread(ThrowingCallable call) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        new Thread(() -> failure.complete(Optional.ofNullable(catchThrowable(call))
                        .orElseGet(() -> new AssertionError("the call was not refused"))))
                .start();
        return failure.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** A call that must be refused because a value is taken. */
    public static void alreadyExists(String field, String rule, ThrowingCallable call) {
        assertThat(of(AlreadyExists.class, rule, call).field()).as(rule).isEqualTo(field);
    }

    /** A call that must be refused because somebody else was faster. */
    public static void stale(long given, long present, String rule, ThrowingCallable call) {
        StaleVersion refused = of(StaleVersion.class, rule, call);
        assertThat(refused.given()).as(rule).isEqualTo(given);
        assertThat(refused.present()).as(rule).isEqualTo(present);
    }

    /** A call that must be refused because something would refer to nothing. */
    public static void brokenReference(String rule, ThrowingCallable call) {
        of(BrokenReference.class, rule, call);
    }

    /** A call that must be refused because the store does not answer. */
    public static void unavailable(StoreUnavailable.Reason reason, String rule, ThrowingCallable call) {
        assertThat(of(StoreUnavailable.class, rule, call).reason()).as(rule).isEqualTo(reason);
    }

    /** A call that must be refused because its cursor belongs to another list or to none. */
    public static void cursor(ThrowingCallable call) {
        InvalidValueException refused = of(InvalidValueException.class, "a cursor of another list is refused", call);
        assertThat(refused.field()).as("a cursor of another list is refused").isEqualTo("cursor");
    }
}
