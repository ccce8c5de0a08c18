package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {

    /** Cheap, for a test. */
    private static final Stretching STRETCHING = new Stretching(64, 1, 1, "000102030405060708090a0b0c0d0e0f");

    private static final Secret RIGHT = new Secret("a long and winding passphrase");

    @TempDir
    private Path directory;

    @Test
    void anotherPassphraseIsToldAndNotShown() throws IOException {
        Keyring keyring = keyring("quite another passphrase\n");

        assertThatThrownBy(() -> keyring.key(seal()))
                .isInstanceOf(BackupFailed.class)
                .hasMessage("it is encrypted with another passphrase than what is in " + file());
    }

    @Test
    void anEarlierPassphraseIsFoundBelowTheNewOne() throws IOException {
        Keyring keyring = keyring("quite another passphrase\n\n" + RIGHT.reveal() + "\n");

        assertThat(keyring.key(seal()).id()).isEqualTo(seal().keyId());
    }

    @Test
    void aPassphraseMayBeginAsItLikes() throws IOException {
        Secret odd = new Secret("# no comment at all ");
        Seal seal = new Seal(STRETCHING.key(odd).id(), Optional.of(STRETCHING));

        assertThat(keyring(odd.reveal() + "\n").key(seal).id()).isEqualTo(seal.keyId());
    }

    @Test
    void whereAKeyIsNeededAPassphraseIsNone() throws IOException {
        Seal seal = new Seal("0123456789abcdef", Optional.empty());

        assertThatThrownBy(() -> keyring(RIGHT.reveal()).key(seal))
                .hasMessageContaining("it is encrypted with the key 0123456789abcdef, and here a passphrase is given")
                .hasMessageContaining("backup.encryption.key-file");
    }

    private static Seal seal() {
        return new Seal(STRETCHING.key(RIGHT).id(), Optional.of(STRETCHING));
    }

    private Keyring keyring(String text) throws IOException {
        Files.writeString(file(), text);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        return new Keyring(Optional.of(SecretFile.passphrases(file())));
    }

    private Path file() {
        return directory.resolve("passphrases");
    }
}
