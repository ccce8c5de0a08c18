package io.aipanel.domain.audit;

import io.aipanel.domain.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Ed25519 public key with a name, as C2SP <a href="https://c2sp.org/signed-note">signed-note</a> writes them: name, key
 * id and key, joined by plus signs. Immutable.
 */
public final class VerifierKey {

    private static final byte ED25519 = 1;
    private static final int KEY_BYTES = 32;
    /** What stands before the 32 bytes in an X.509 SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final Pattern TEXT = Pattern.compile("([!-*,-~]{1,100})\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]{44})");

    private final String name;
    /** The algorithm, and the key. */
    private final byte[] bytes;

    private VerifierKey(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /**
     * Names a public key.
     *
     * @param name the name, usually the log's origin
     * @param key an Ed25519 key
     */
    public static VerifierKey of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded.length != X509_PREFIX.length + KEY_BYTES
                || !Arrays.equals(X509_PREFIX, Arrays.copyOf(encoded, X509_PREFIX.length))) {
            throw new IllegalArgumentException("not an Ed25519 key but " + key.getAlgorithm());
        }
        byte[] bytes = new byte[1 + KEY_BYTES];
        bytes[0] = ED25519;
        System.arraycopy(encoded, X509_PREFIX.length, bytes, 1, KEY_BYTES);
        return new VerifierKey(name, bytes);
    }

    /**
     * Reads what {@link #toString} has written.
     *
     * @throws InvalidValueException ({@code publicKey}) if it is not a key, not an Ed25519 key, or its id does not fit it
     */
    public static VerifierKey parse(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw new InvalidValueException(
                    "publicKey", "must be NAME+ID+KEY in one line, as panel audit checkpoint shows it");
        }
        byte[] bytes = Base64.getDecoder().decode(parts.group(3));
        if (bytes[0] != ED25519) {
            throw new InvalidValueException("publicKey", "must be an Ed25519 key (type 1, not " + bytes[0] + ")");
        }
        VerifierKey key = new VerifierKey(parts.group(1), bytes);
        if (!key.hexId().equals(parts.group(2))) {
            throw new InvalidValueException(
                    "publicKey", "has an id that does not belong to it: a character was changed");
        }
        return key;
    }

    /** The key's name. */
    public String name() {
        return name;
    }

    /**
     * The same key under another name, and so with another id.
     *
     * @param other the other name
     */
    public VerifierKey named(String other) {
        return new VerifierKey(other, bytes);
    }

    /** The first four bytes of the SHA-256 of name, line end, type and key. */
    public int id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            return ByteBuffer.wrap(digest.digest(bytes)).getInt();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** The id as it is written in the key: 8 hexadecimal digits in lower case. */
    public String hexId() {
        return hexId(id());
    }

    /** How the id of a key is written. */
    static String hexId(int id) {
        return HexFormat.of().toHexDigits(id);
    }

    /** Whether a signature of a text was made with the private half. */
    public boolean verifies(String text, byte[] signature) {
        try {
            byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + KEY_BYTES);
            System.arraycopy(bytes, 1, encoded, X509_PREFIX.length, KEY_BYTES);
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException notOneOfThisKey) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key && name.equals(key.name) && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return id();
    }

    /** Name, id and key: {@code NAME+ID+KEY}. */
    @Override
    public String toString() {
        return name + "+" + hexId() + "+" + Base64.getEncoder().encodeToString(bytes);
    }
}
