package io.aipanel.service.backup;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * How a key is made of a passphrase: with Argon2id (RFC 9106), version 19.
 *
 * @param memoryKib how much memory that takes, 8 to 262144 KiB: a manifest that somebody has changed must not fill the memory
 * @param passes how often it goes over it, 1 to 64
 * @param lanes how many lanes there are, 1 to 16
 * @param salt 8 to 64 bytes, in hexadecimal digits
 */
public record Stretching(int memoryKib, int passes, int lanes, String salt) {

    static final String FUNCTION = "argon2id";

    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * @throws InvalidValueException ({@code passphrase}) if a number is out of its range, or the salt is none
     */
    public Stretching {
        if (memoryKib < 8
                || memoryKib > 256 * 1024
                || passes < 1
                || passes > 64
                || lanes < 1
                || lanes > 16
                || memoryKib < 8 * lanes
                || !salt.matches("([0-9a-f]{2}){8,64}")) {
            throw new InvalidValueException("passphrase", "is stretched in a way that this program refuses");
        }
    }

    /** With a new salt, and the memory and passes that RFC 9106 recommends where memory is scarce: 64 MiB, 3 passes. */
    static Stretching fresh() {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Stretching(64 * 1024, 3, 1, HexFormat.of().formatHex(salt));
    }

    /** The key; takes some tenths of a second, on purpose. */
    SealKey key(Secret passphrase) {
        Argon2Function argon2 = Argon2Function.getInstance(memoryKib, passes, lanes, SealKey.BYTES, Argon2.ID);
        byte[] text = passphrase.reveal().getBytes(StandardCharsets.UTF_8);
        return new SealKey(argon2.hash(text, HexFormat.of().parseHex(salt)).getBytes());
    }
}
