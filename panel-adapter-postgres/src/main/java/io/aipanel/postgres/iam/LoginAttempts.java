package io.aipanel.postgres.iam;

import io.aipanel.domain.iam.LoginAttempt;
import io.aipanel.domain.iam.LoginThrottle;
import io.aipanel.domain.iam.ThrottleKey;
import io.aipanel.postgres.storage.AdvisoryLock;
import io.aipanel.postgres.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Statements on {@code panel.login_attempts}. */
final class LoginAttempts {

    /**
     * How many forgotten attempts of others each attempt clears away: more than it adds, so that they do not pile up.
     */
    private static final int SWEEP = 100;

    private final Database database;

    LoginAttempts(Database database) {
        this.database = database;
    }

    LoginAttempt register(ThrottleKey account, ThrottleKey address, Instant now, LoginThrottle throttle) {
        Instant cut = now.truncatedTo(ChronoUnit.MICROS);
        return database.change(handle -> {
            Stream.of(account.value(), address.value())
                    .sorted(Comparator.comparingInt(AdvisoryLock::key))
                    .forEach(key -> AdvisoryLock.LOGIN.acquire(handle, key));
            Instant windowStart = cut.minus(throttle.window());
            forget(handle, windowStart);
            Optional<Instant> freeAt = Stream.of(
                            blockedBy(handle, "account", account, windowStart, throttle),
                            blockedBy(handle, "address", address, windowStart, throttle))
                    .flatMap(Optional::stream)
                    .map(oldest -> oldest.plus(throttle.window()))
                    .max(Comparator.naturalOrder());
            if (freeAt.isPresent()) {
                return new LoginAttempt.Refused(Duration.between(cut, freeAt.get()));
            }
            return new LoginAttempt.Allowed(add(handle, account, address, cut));
        });
    }

    void forgive(long attempt) {
        database.change(handle -> {
            Optional<String> account = handle.createQuery(
                            "DELETE FROM panel.login_attempts WHERE id = :attempt RETURNING coalesce(account, '')")
                    .bind("attempt", attempt)
                    .mapTo(String.class)
                    .findOne();
            account.ifPresent(forgiven -> handle.createUpdate(
                            "UPDATE panel.login_attempts SET account = NULL WHERE account = :account")
                    .bind("account", forgiven)
                    .execute());
            return account;
        });
    }

    /** The attempt that must leave the window before another one is allowed; empty if one is allowed now. */
    private static Optional<Instant> blockedBy(
            Handle handle, String column, ThrottleKey key, Instant windowStart, LoginThrottle throttle) {
        return handle.createQuery("SELECT at FROM panel.login_attempts WHERE " + column
                        + " = :key AND at > :windowStart ORDER BY at DESC OFFSET :others LIMIT 1")
                .bind("key", key.value())
                .bind("windowStart", windowStart)
                .bind("others", throttle.failures() - 1)
                .mapTo(Instant.class)
                .findOne();
    }

    private static long add(Handle handle, ThrottleKey account, ThrottleKey address, Instant now) {
        return handle.createQuery("""
                        INSERT INTO panel.login_attempts (account, address, at)
                        VALUES (:account, :address, :at)
                        RETURNING id
                        """)
                .bind("account", account.value())
                .bind("address", address.value())
                .bind("at", now)
                .mapTo(Long.class)
                .one();
    }

    private static void forget(Handle handle, Instant windowStart) {
        handle.createUpdate("""
                        DELETE FROM panel.login_attempts
                        WHERE id IN (
                            SELECT id FROM panel.login_attempts WHERE at <= :windowStart
                            ORDER BY at LIMIT :sweep FOR UPDATE SKIP LOCKED
                        )
                        """)
                .bind("windowStart", windowStart)
                .bind("sweep", SWEEP)
                .execute();
    }
}
