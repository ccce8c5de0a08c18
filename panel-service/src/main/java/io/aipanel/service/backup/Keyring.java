package io.aipanel.service.backup;

import io.aipanel.domain.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What opens encrypted archives. Its file is read whenever it is needed, so that a new key needs no new start. */
final class Keyring {

    /** Whoever has an archive can try passphrases for as long as they like. */
    private static final int FEWEST_CHARACTERS = 12;

    private final Optional<SecretFile> file;

    /** @param file the file with it; empty for none */
    Keyring(Optional<SecretFile> file) {
        this.file = file;
    }

    /** Whether new archives are encrypted. */
    boolean seals() {
        return file.isPresent();
    }

    /**
     * Refuses to go on if the file cannot be used.
     *
     * @throws io.aipanel.domain.InvalidValueException if it cannot
     */
    void requireUsable() {
        file.ifPresent(known -> {
            List<Secret> secrets = known.read();
            if (known.kind() == SecretFile.Kind.KEYS) {
                secrets.forEach(secret -> key(known, secret, Optional.empty()));
            } else if (secrets.get(0).reveal().length() < FEWEST_CHARACTERS) {
                throw known.refused(
                        "begins with a passphrase that is too short: it must have at least " + FEWEST_CHARACTERS
                                + " characters",
                        null);
            }
        });
    }

    /**
     * The key for a new archive, and what its manifest says of that; empty if it is not to be encrypted.
     *
     * @throws io.aipanel.domain.InvalidValueException if the file cannot be used
     */
    Optional<Opened> fresh() {
        requireUsable();
        return file.map(known -> {
            Optional<Stretching> passphrase =
                    known.kind() == SecretFile.Kind.KEYS ? Optional.empty() : Optional.of(Stretching.fresh());
            SealKey key = key(known, known.read().get(0), passphrase);
            return new Opened(new Seal(key.id(), passphrase), key);
        });
    }

    /**
     * The key of an archive.
     *
     * @throws BackupFailed if there is none for it here; the message says why, and what to do
     * @throws io.aipanel.domain.InvalidValueException if the file cannot be used
     */
    SealKey key(Seal seal) {
        SecretFile.Kind made = seal.passphrase().isPresent() ? SecretFile.Kind.PASSPHRASES : SecretFile.Kind.KEYS;
        SecretFile known = file.orElseThrow(() -> new BackupFailed(
                "it is encrypted with " + describe(seal) + ", and none is given here: name the file in " + made.field(),
                null));
        if (known.kind() != made) {
            throw new BackupFailed(
                    "it is encrypted with " + describe(seal) + ", and here a "
                            + known.kind().noun() + " is given: name the file in " + made.field() + " instead",
                    null);
        }
        List<String> others = new ArrayList<>();
        for (Secret secret : known.read()) {
            SealKey key = key(known, secret, seal.passphrase());
            if (key.id().equals(seal.keyId())) {
                return key;
            }
            others.add(key.id());
        }
        throw new BackupFailed(
                made == SecretFile.Kind.KEYS
                        ? "it is encrypted with another key: " + seal.keyId() + ", and " + known.path() + " has "
                                + String.join(", ", others)
                        : "it is encrypted with another passphrase than what is in " + known.path(),
                null);
    }

    private static String describe(Seal seal) {
        return seal.passphrase().isPresent() ? "a passphrase" : "the key " + seal.keyId();
    }

    private static SealKey key(SecretFile file, Secret secret, Optional<Stretching> passphrase) {
        try {
            return passphrase.isPresent()
                    ? passphrase.get().key(secret)
                    : SealKey.parse(secret.reveal().strip());
        } catch (IllegalArgumentException e) {
            // Not as the cause: nobody knows what the line holds.
            throw file.refused(
                    "has a line that is no key of this program: panel backup key makes a file with one", null);
        }
    }

    /** A key, and what may be told of it. */
    record Opened(Seal seal, SealKey key) {}
}
