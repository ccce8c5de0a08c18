package io.aipanel.domain.iam;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a session token or an API token. Only this is stored: whoever reads the store cannot log in with
 * it. The tokens are long and random, so that a fast hash is enough.
 *
 * @param value 64 hexadecimal digits in lower case
 */
public record TokenHash(String value) {

    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    /**
     * @throws InvalidValueException if it is not a SHA-256 in lower-case hexadecimal
     */
    public TokenHash {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValueException("tokenHash", "must be 64 hexadecimal digits");
        }
    }

    /** The hash of a token. */
    public static TokenHash of(Secret token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(token.reveal().getBytes(StandardCharsets.UTF_8));
            return new TokenHash(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "(token hash)";
    }
}
