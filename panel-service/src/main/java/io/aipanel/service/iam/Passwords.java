package io.aipanel.service.iam;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Secret;
import io.aipanel.domain.Text;
import io.aipanel.domain.iam.PasswordHash;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Hashes and checks passwords with Argon2id, in the parameters that OWASP's Password Storage Cheat Sheet gives as its
 * minimum: 19 MiB, 2 passes, 1 lane. Few at a time, because each takes that memory. Safe for use by many threads.
 */
public final class Passwords {

    /** The fewest characters of a password (NIST SP 800-63B, section 5.1.1.2). */
    public static final int MIN_LENGTH = 8;

    /** The most UTF-8 bytes of a password: enough for any sentence, too little to keep the processor busy. */
    public static final int MAX_BYTES = 1024;

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;

    /** Checked when there is no such user, so that the answer takes as long as when there is. Nothing hashes to it. */
    static final PasswordHash NOBODY = new PasswordHash("$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p="
            + LANES + "$" + "A".repeat(22) + "$" + "A".repeat(43));

    private final Argon2Function argon2 = Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
    private final Semaphore atOnce = new Semaphore(2, true);

    /**
     * Checks that a new password is long enough.
     *
     * @throws InvalidValueException if it is too short or too long; the message does not hold it
     */
    public static Secret requireAcceptable(Secret password) {
        if (password.reveal().codePointCount(0, password.reveal().length()) < MIN_LENGTH) {
            throw new InvalidValueException("password", "must be at least " + MIN_LENGTH + " characters long");
        }
        Text.check("password", password.reveal(), MAX_BYTES);
        return password;
    }

    /** Hashes a password with a new salt. Takes tens of milliseconds. */
    PasswordHash hash(Secret password) {
        return limited(() -> new PasswordHash(
                Password.hash(password.reveal()).addRandomSalt(16).with(argon2).getResult()));
    }

    /**
     * Whether a password belongs to a hash. Takes as long for an empty hash, and is then {@code false}.
     *
     * @param password what was given; may be anything
     * @param expected the hash; empty if there is no such user
     */
    boolean matches(Secret password, Optional<PasswordHash> expected) {
        if (password.reveal().length() > MAX_BYTES) {
            return false;
        }
        boolean same = limited(() -> {
            String hash = expected.orElse(NOBODY).value();
            return Password.check(password.reveal(), hash).with(Argon2Function.getInstanceFromHash(hash));
        });
        return same && expected.isPresent();
    }

    private <T> T limited(Supplier<T> work) {
        atOnce.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            atOnce.release();
        }
    }
}
