package io.aipanel.service.backup;

import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key that encrypts and decrypts archives. Immutable; never shown by {@link #toString()}. */
final class SealKey {

    static final int BYTES = 32;

    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int ID_BYTES = 8;
    private static final String HMAC = "HmacSha256";
    private static final byte[] ID = "io.aipanel.backup key id".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern LINE = Pattern.compile("aipanel-backup-key:([A-Za-z0-9+/]{43}=)");

    private final byte[] secret;

    SealKey(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + secret.length);
        }
        this.secret = secret.clone();
    }

    /** A new key, by chance. */
    static SealKey generate() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return new SealKey(secret);
    }

    /**
     * Reads what {@link #line} has written.
     *
     * @throws IllegalArgumentException if it is none; the message does not hold it
     */
    static SealKey parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no key");
        }
        return new SealKey(Base64.getDecoder().decode(matcher.group(1)));
    }

    /** The key as a line of a key file. */
    String line() {
        return "aipanel-backup-key:" + Base64.getEncoder().encodeToString(secret);
    }

    /** Its name: other keys have others, and it tells nothing else of it. */
    String id() {
        try {
            return HexFormat.of().formatHex(Hkdf.computeHkdf(HMAC, secret, new byte[0], ID, ID_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
    }

    /** What encrypts and decrypts. */
    StreamingAead aead() {
        try {
            return new AesGcmHkdfStreaming(secret, HMAC, BYTES, SEGMENT_BYTES, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key is long enough, and every Java has AES and SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "key " + id();
    }
}
