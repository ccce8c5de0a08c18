package io.aipanel.service.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.SignedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    /** RFC 8410, section 7, before the secret. */
    private static final String PKCS8 = "302e020100300506032b657004220420";

    @TempDir
    private Path directory;

    private Path path = Path.of("");

    @BeforeEach
    void nameFile() {
        path = directory.resolve("audit.key");
    }

    @Test
    void aKeyIsMadeOnceAndForItsOwnerOnly() throws IOException {
        assertThat(new KeyFile(path).read()).isEmpty();

        SigningKey made = new KeyFile(path).readOrMake();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(new KeyFile(path).readOrMake().verifier("log")).isEqualTo(made.verifier("log"));
        assertThat(new KeyFile(path).read().orElseThrow().verifier("log")).isEqualTo(made.verifier("log"));
        assertThat(directory.toFile().list()).containsExactly("audit.key");
    }

    @Test
    void whatItSignsTheKeyReadAgainVerifies() {
        SigningKey key = new KeyFile(path).readOrMake();

        SignedCheckpoint signed = key.sign(new Checkpoint("log", 0, Hash.ofNothing()));

        SigningKey again = new KeyFile(path).readOrMake();
        assertThat(signed.isSignedBy(again.verifier("log"))).isTrue();
        assertThat(SignedCheckpoint.parse(signed.toString())).isEqualTo(signed);
    }

    @Test
    void whoeverIsFirstOfManyMakesTheKeyOfAll() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> starts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                starts.add(() -> new KeyFile(path).readOrMake().verifier("log").toString());
            }
            List<String> keys = new ArrayList<>();
            for (Future<String> start : threads.invokeAll(starts)) {
                keys.add(start.get());
            }
            assertThat(keys).hasSize(8).containsOnly(keys.get(0));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aKeyOfAnotherProgramHasThePublicHalfOfTheStandard() throws IOException {
        // RFC 8032, section 7.1, test 1.
        String secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        String open = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        writeKey(HexFormat.of().parseHex(PKCS8 + secret));

        assertThat(new KeyFile(path).readOrMake().verifier("log").toString())
                .endsWith(
                        "+" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex("01" + open)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void aKeyThatIsOpenToOthersIsRefused(String permissions) throws IOException {
        new KeyFile(path).readOrMake();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> new KeyFile(path).readOrMake())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("audit.key " + path)
                .hasMessageContaining("chmod 600 " + path);
    }

    @Test
    void whatIsNoSuchKeyIsRefusedAndLeftAsItIs() throws Exception {
        writeKey(KeyPairGenerator.getInstance("EC")
                .generateKeyPair()
                .getPrivate()
                .getEncoded());
        refusedAsNoKey();
        writeKey(new byte[] {1, 2, 3});
        refusedAsNoKey();
        Files.writeString(path, "not a key, but ä text");
        refusedAsNoKey();
        Files.writeString(path, "");
        refusedAsNoKey();
        Files.write(path, new byte[20_000]);
        refusedAsNoKey();
        assertThat(Files.size(path)).isEqualTo(20_000);
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        Path nowhere = directory.resolve("nowhere").resolve("audit.key");

        assertThatThrownBy(() -> new KeyFile(nowhere).readOrMake())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(nowhere.toString())
                .hasMessageContaining("directory");
    }

    private void refusedAsNoKey() {
        assertThatThrownBy(() -> new KeyFile(path).readOrMake())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("is no Ed25519 private key in PEM");
    }

    private void writeKey(byte[] pkcs8) throws IOException {
        Files.writeString(
                path,
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(pkcs8)
                        + "\n-----END PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
}
