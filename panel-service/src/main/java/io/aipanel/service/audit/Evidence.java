package io.aipanel.service.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What a log is checked against that does not come out of its own store.
 *
 * @param checkpoints checkpoints that were kept elsewhere
 * @param keys the public keys that are trusted; if there are none, the panel's own and those that the store knows have to do
 */
public record Evidence(List<SignedCheckpoint> checkpoints, List<VerifierKey> keys) {

    /** Nothing from elsewhere. */
    public static final Evidence NONE = new Evidence(List.of(), List.of());

    /** How a line with a signature begins (C2SP signed-note). */
    private static final String SIGNATURE = "\u2014 ";

    /** Keeps its own copies. */
    public Evidence {
        checkpoints = List.copyOf(checkpoints);
        keys = List.copyOf(keys);
    }

    /**
     * Reads signed checkpoints that stand one after the other, as in a file that they were appended to.
     *
     * @param text one or more; empty lines between them do not matter
     * @throws InvalidValueException ({@code checkpoint}) if it is something else
     */
    public static List<SignedCheckpoint> checkpoints(String text) {
        List<SignedCheckpoint> all = new ArrayList<>();
        StringBuilder note = new StringBuilder();
        boolean signed = false;
        for (String line : text.lines().toList()) {
            boolean isSignature = line.startsWith(SIGNATURE);
            if (signed && !isSignature) {
                all.add(SignedCheckpoint.parse(note.toString()));
                note.setLength(0);
                signed = false;
            }
            if (!note.isEmpty() || !line.isBlank()) {
                note.append(line).append('\n');
                signed |= isSignature;
            }
        }
        if (!note.isEmpty() || all.isEmpty()) {
            all.add(SignedCheckpoint.parse(note.toString()));
        }
        return all;
    }

    /**
     * Reads public keys, one in a line.
     *
     * @throws InvalidValueException ({@code publicKey}) if there is none, or a line is no key
     */
    public static List<VerifierKey> keys(String text) {
        List<VerifierKey> all = text.lines()
                .filter(line -> !line.isBlank())
                .map(VerifierKey::parse)
                .toList();
        if (all.isEmpty()) {
            throw new InvalidValueException("publicKey", "must be NAME+ID+KEY, as panel audit checkpoint shows it");
        }
        return all;
    }
}
