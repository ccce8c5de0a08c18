package io.aipanel.domain.audit;

import io.aipanel.domain.InvalidValueException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A checkpoint and who vouches for it, in the form of C2SP <a href="https://c2sp.org/signed-note">signed-note</a>.
 *
 * @param text what is signed, to the letter
 * @param signatures at least one
 */
public record SignedCheckpoint(String text, List<Signature> signatures) {

    /** The most characters of one: far more than any has. */
    private static final int MAX_LENGTH = 100_000;

    private static final String DASH = "\u2014 ";

    /**
     * A signature by one key.
     *
     * @param name the key's name
     * @param keyId the key's id, see {@link VerifierKey#id}
     * @param bytes the signature, in Base64
     */
    public record Signature(String name, int keyId, String bytes) {

        /** The key's id as {@link VerifierKey#hexId} has it. */
        public String hexKeyId() {
            return VerifierKey.hexId(keyId);
        }
    }

    /**
     * @throws InvalidValueException ({@code checkpoint}) if the text is no checkpoint, or nobody has signed it
     */
    public SignedCheckpoint {
        Checkpoint.parse(text);
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty()) {
            throw new InvalidValueException("checkpoint", "must be signed");
        }
    }

    /**
     * Reads what {@link #toString} has written, or another log of this form.
     *
     * @throws InvalidValueException ({@code checkpoint}) if it is not a signed checkpoint; the message says what is wrong
     */
    public static SignedCheckpoint parse(String note) {
        int blank = note.lastIndexOf("\n\n");
        if (note.length() > MAX_LENGTH || blank < 0 || note.endsWith("\n\n") || !note.endsWith("\n")) {
            throw new InvalidValueException(
                    "checkpoint", "must be a text, an empty line, and lines with signatures, and end with a line end");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : note.substring(blank + 2, note.length() - 1).split("\n", -1)) {
            signatures.add(signature(line));
        }
        return new SignedCheckpoint(note.substring(0, blank + 1), signatures);
    }

    /** What is vouched for. */
    public Checkpoint checkpoint() {
        return Checkpoint.parse(text);
    }

    /** Whether a key has signed it. */
    public boolean isSignedBy(VerifierKey key) {
        return signatures.stream()
                .filter(signature ->
                        signature.keyId() == key.id() && signature.name().equals(key.name()))
                .anyMatch(signature -> key.verifies(text, Base64.getDecoder().decode(signature.bytes())));
    }

    private static Signature signature(String line) {
        String[] parts = line.startsWith(DASH) ? line.substring(DASH.length()).split(" ", -1) : new String[0];
        if (parts.length != 2 || parts[0].isEmpty()) {
            throw new InvalidValueException(
                    "checkpoint",
                    "each line after the empty one must be a dash (U+2014), a key's name and a signature");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(parts[1]);
            if (bytes.length <= Integer.BYTES) {
                throw new InvalidValueException("checkpoint", "a signature is too short");
            }
            int keyId = ByteBuffer.wrap(bytes).getInt();
            byte[] signature = Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
            return new Signature(parts[0], keyId, Base64.getEncoder().encodeToString(signature));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("checkpoint", "a signature is not Base64");
        }
    }

    /** The whole note. */
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        for (Signature signature : signatures) {
            byte[] bytes = Base64.getDecoder().decode(signature.bytes());
            byte[] withId = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                    .putInt(signature.keyId())
                    .put(bytes)
                    .array();
            note.append(DASH)
                    .append(signature.name())
                    .append(' ')
                    .append(Base64.getEncoder().encodeToString(withId))
                    .append('\n');
        }
        return note.toString();
    }
}
