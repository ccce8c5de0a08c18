package io.aipanel.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignedCheckpointTest {

    /** The example of C2SP signed-note, made by others. */
    private static final String OTHERS_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String OTHERS_TEXT = "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n";

    private static final String OTHERS_SIGNATURE =
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";

    private static final Checkpoint CHECKPOINT = new Checkpoint("example.org/log", 3, Hash.leaf(new byte[] {1}));

    private final KeyPair pair = pair();
    private final VerifierKey key = VerifierKey.of("example.org/log", pair.getPublic());

    @Test
    void aNoteThatOthersHaveSignedVerifies() {
        VerifierKey others = VerifierKey.parse(OTHERS_KEY);
        byte[] withId = Base64.getDecoder().decode(OTHERS_SIGNATURE);

        assertThat(others.name()).isEqualTo("PeterNeumann");
        assertThat(others).hasToString(OTHERS_KEY);
        assertThat(others.verifies(OTHERS_TEXT, Arrays.copyOfRange(withId, 4, withId.length)))
                .isTrue();
        assertThat(others.verifies(OTHERS_TEXT + "\n", Arrays.copyOfRange(withId, 4, withId.length)))
                .isFalse();
    }

    @Test
    void aCheckpointIsReadAsItWasWritten() {
        SignedCheckpoint signed = signed(CHECKPOINT.text());

        SignedCheckpoint read = SignedCheckpoint.parse(signed.toString());

        assertThat(read).isEqualTo(signed);
        assertThat(read.checkpoint()).isEqualTo(CHECKPOINT);
        assertThat(read.isSignedBy(key)).isTrue();
        assertThat(read.isSignedBy(VerifierKey.parse(OTHERS_KEY))).isFalse();
        assertThat(read.isSignedBy(VerifierKey.of("example.org/log", pair().getPublic())))
                .as("a key of the same name")
                .isFalse();
    }

    @Test
    void aKeyOfAnotherNameIsAnotherKey() {
        SignedCheckpoint signed = signed(CHECKPOINT.text());
        VerifierKey renamed = key.named("example.org/log/restored");

        assertThat(renamed.id()).isNotEqualTo(key.id());
        assertThat(signed.isSignedBy(renamed)).isFalse();
        assertThat(signed.isSignedBy(renamed.named("example.org/log"))).isTrue();
        assertThat(VerifierKey.parse(renamed.toString())).isEqualTo(renamed);
    }

    @Test
    void aChangedCheckpointIsNotSigned() {
        String changed = signed(CHECKPOINT.text()).toString().replace("\n3\n", "\n4\n");

        SignedCheckpoint read = SignedCheckpoint.parse(changed);

        assertThat(read.checkpoint().size()).isEqualTo(4);
        assertThat(read.isSignedBy(key)).isFalse();
    }

    @Test
    void furtherLinesOfACheckpointAreSignedToo() {
        SignedCheckpoint read =
                SignedCheckpoint.parse(signed(CHECKPOINT.text() + "and more\n").toString());

        assertThat(read.checkpoint()).isEqualTo(CHECKPOINT);
        assertThat(read.isSignedBy(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "a\n1\n",
                "a\n1\nroot\n",
                "a\n1\nroot\n\n",
                "a\n1\nroot\n\n\u2014 a b\n",
                "a\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u2014 a AAAAAAA=\n",
                "a\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u2014 a AAAAAAA=\n",
                "a\n9999999999999999999\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u2014 a AAAAAAA=\n",
                "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n- a AAAAAAA=\n",
                "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u2014 a AAAA\n",
                "a b\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u2014 a AAAAAAA=\n"
            })
    void whatIsNoCheckpointIsRefused(String note) {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> SignedCheckpoint.parse(note));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
            })
    void whatIsNoKeyIsRefused(String text) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> VerifierKey.parse(text))
                .satisfies(e -> assertThat(e.field()).isEqualTo("publicKey"));
    }

    private SignedCheckpoint signed(String text) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            String bytes = Base64.getEncoder().encodeToString(signer.sign());
            return new SignedCheckpoint(text, List.of(new SignedCheckpoint.Signature(key.name(), key.id(), bytes)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
