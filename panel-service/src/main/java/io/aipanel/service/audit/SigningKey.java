package io.aipanel.service.audit;

import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** An Ed25519 key that signs checkpoints. Immutable. */
final class SigningKey {

    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey secret;
    private final PublicKey open;

    private SigningKey(PrivateKey secret, PublicKey open) {
        this.secret = secret;
        this.open = open;
    }

    /** A new key, by chance. */
    static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime since 15 has Ed25519", e);
        }
    }

    /**
     * Reads what {@link #encoded} has written, or another program in the form of PKCS#8.
     *
     * @throws GeneralSecurityException if it is no Ed25519 key
     */
    static SigningKey decode(byte[] pkcs8) throws GeneralSecurityException {
        PrivateKey secret = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        return new SigningKey(secret, publicHalf(secret));
    }

    /** The key in the form of PKCS#8 (RFC 8410). */
    byte[] encoded() {
        return secret.getEncoded();
    }

    /** The public half, with a name. */
    VerifierKey verifier(String name) {
        return VerifierKey.of(name, open);
    }

    /** Vouches for a checkpoint; its origin is the key's name. */
    SignedCheckpoint sign(Checkpoint checkpoint) {
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(secret);
            signer.update(checkpoint.text().getBytes(StandardCharsets.UTF_8));
            SignedCheckpoint.Signature signature = new SignedCheckpoint.Signature(
                    checkpoint.origin(),
                    verifier(checkpoint.origin()).id(),
                    Base64.getEncoder().encodeToString(signer.sign()));
            return new SignedCheckpoint(checkpoint.text(), List.of(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of this class signs whatever it is given", e);
        }
    }

    /** The file holds the secret half only, as other programs write it, and Java makes the other half only of chance. */
    private static PublicKey publicHalf(PrivateKey secret) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) secret).getBytes().orElseThrow();
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new Known(seed));
        KeyPair pair = generator.generateKeyPair();
        byte[] made = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        if (!Arrays.equals(seed, made)) {
            throw new GeneralSecurityException("this Java runtime makes Ed25519 keys in another way than was expected");
        }
        return pair.getPublic();
    }

    /** Chance that is known beforehand. */
    private static final class Known extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Known(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }
}
