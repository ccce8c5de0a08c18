package io.aipanel.service.iam;

import io.aipanel.domain.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes tokens that cannot be guessed: 256 random bits. */
public final class Tokens {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Tokens() {}

    /**
     * A new token.
     *
     * @param prefix what it starts with, so that a leaked one is recognised for what it is; may be empty
     */
    public static Secret generate(String prefix) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
