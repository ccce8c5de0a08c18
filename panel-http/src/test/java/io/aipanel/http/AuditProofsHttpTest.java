package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.domain.audit.ConsistencyProof;
import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.InclusionProof;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.audit.AuditOptions;
import io.aipanel.service.audit.CheckpointAnchor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AuditProofsHttpTest extends HttpTest {

    private static final String AUDIT = "/api/v1/audit/";

    @Override
    PanelOptions panelOptions() {
        return super.panelOptions()
                .audit(new AuditOptions(
                        Optional.of(directory.resolve("audit.key")),
                        Optional.of("test/log"),
                        List.of(new Unreachable()),
                        false));
    }

    @Test
    void beforeTheFirstCheckpointThereIsNone() {
        Client admin = recordedAdmin();
        JsonNode answer = admin.get(AUDIT + "checkpoint").expect(200).json();
        assertThat(answer.path("checkpoint").isNull()).isTrue();
        assertThat(answer.path("publicKeys")).isEmpty();
        admin.with("Accept", "text/plain").get(AUDIT + "checkpoint").expectProblem(404, "not-found");
    }

    @Test
    void theLatestCheckpointIsShownWithTheKeysAndThePlaces() {
        Client admin = recordedAdmin();
        String note = panel.audit().makeCheckpoint(PROGRAM).checkpoint().toString();

        JsonNode answer = admin.get(AUDIT + "checkpoint").expect(200).json();
        assertThat(answer.path("checkpoint").asText()).isEqualTo(note);
        assertThat(answer.path("origin").asText()).isEqualTo("test/log");
        assertThat(answer.at("/origins/0/name").asText()).isEqualTo("test/log");
        assertThat(answer.at("/origins/0/from").asLong()).isZero();
        assertThat(answer.path("size").asLong()).isEqualTo(2);
        assertThat(answer.path("at").asText()).isEqualTo(clock.instant().toString());
        assertThat(answer.at("/anchors/0/name").asText()).isEqualTo("https://anchor.example.com/");
        assertThat(answer.at("/anchors/0/failure").asText()).isEqualTo("not today");
        assertThat(answer.at("/publicKeys/0").asText())
                .contains("+" + answer.at("/anchors/0/signer").asText() + "+");
        SignedCheckpoint checkpoint = SignedCheckpoint.parse(note);
        assertThat(checkpoint.isSignedBy(
                        VerifierKey.parse(answer.at("/publicKeys/0").asText())))
                .isTrue();
        assertThat(answer.path("root").asText())
                .isEqualTo(checkpoint.checkpoint().root().toString());

        Answer text =
                admin.with("Accept", "text/plain").get(AUDIT + "checkpoint").expect(200);
        assertThat(text.body()).isEqualTo(note);
        assertThat(text.header("content-type").orElseThrow()).isEqualTo("text/plain;charset=utf-8");
    }

    @Test
    void proofsLeadToTheRootsOfCheckpoints() {
        Client admin = recordedAdmin();
        Hash early = root();
        for (int i = 0; i < 20; i++) {
            panel.audit().record(PROGRAM, "file.upload", "file:" + i, "{}");
        }
        Hash late = root();

        JsonNode inclusion = admin.get(AUDIT + "proof/1").expect(200).json();
        assertThat(inclusion.path("size").asLong()).isEqualTo(22);
        assertThat(inclusion.path("root").asText()).isEqualTo(late.toString());
        Hash leaf = EventEncoding.leaf(events().get(1).event());
        assertThat(inclusion.path("leafHash").asText()).isEqualTo(leaf.toString());
        assertThat(new InclusionProof(1, 22, path(inclusion)).proves(leaf, late))
                .isTrue();
        JsonNode then = admin.get(AUDIT + "proof/1?size=2").expect(200).json();
        assertThat(new InclusionProof(1, 2, path(then)).proves(leaf, early)).isTrue();

        JsonNode consistency =
                admin.get(AUDIT + "consistency?from=2&to=22").expect(200).json();
        assertThat(new ConsistencyProof(2, 22, path(consistency)).proves(early, late))
                .isTrue();
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        Client admin = recordedAdmin();
        admin.get(AUDIT + "proof/2").expectProblem(400, "invalid-value", "index");
        admin.get(AUDIT + "proof/one").expectProblem(400, "invalid-value", "index");
        admin.get(AUDIT + "proof/1?size=9").expectProblem(400, "invalid-value", "size");
        admin.get(AUDIT + "consistency?to=1").expectProblem(400, "invalid-value", "from");
        admin.get(AUDIT + "consistency?from=1&to=x").expectProblem(400, "invalid-value", "to");
        admin.get(AUDIT + "consistency?from=2&to=1").expectProblem(400, "invalid-value", "to");
        admin.post(AUDIT + "verify", "{\"checkpoint\": \"none\"}").expectProblem(400, "invalid-value", "checkpoint");
        admin.post(AUDIT + "verify", "{\"publicKey\": \"none\"}").expectProblem(400, "invalid-value", "publicKey");
        admin.post(AUDIT + "cut", "{}").expectProblem(400, "invalid-value", "first");
        admin.post(AUDIT + "cut", "{\"first\": 1, \"before\": \"2026-01-01T00:00:00Z\"}")
                .expectProblem(400, "invalid-value", "first");
        admin.post(AUDIT + "cut", "{\"first\": 99}").expectProblem(400, "invalid-value", "first");
        admin.post(AUDIT + "cut", "{\"before\": \"2099-01-01T00:00:00Z\"}")
                .expectProblem(400, "invalid-value", "before");
    }

    @Test
    void oneCheckAtATime() throws Exception {
        Client admin = recordedAdmin();
        // A check without public keys reads the panel's own key: from a pipe, whoever reads waits for whoever writes.
        Path pipe = directory.resolve("audit.key");
        assertThat(new ProcessBuilder("mkfifo", "--mode=600", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Answer> first = thread.submit(() -> admin.get(AUDIT + "verify"));
            try (OutputStream key = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
                Answer refused = admin.post(AUDIT + "verify", "{}").expectProblem(409, "verify-running");
                assertThat(refused.header("retry-after")).contains("30");
                admin.get(AUDIT + "checkpoint").expect(200);
                key.write(privateKey().getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(first.get().expect(200).text("status")).isEqualTo("not-verifiable");
        } finally {
            thread.shutdownNow();
        }
    }

    private static String privateKey() throws GeneralSecurityException {
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Test
    void aCheckSaysWhatItFinds() {
        Client admin = recordedAdmin();
        JsonNode unproven = admin.get(AUDIT + "verify").expect(200).json();
        assertThat(unproven.path("status").asText()).isEqualTo("not-verifiable");
        assertThat(unproven.path("checked").asLong()).isEqualTo(2);

        String note = panel.audit().makeCheckpoint(PROGRAM).checkpoint().toString();
        String key = panel.audit().keys(PROGRAM).get(0).toString();
        JsonNode proven = admin.post(
                        AUDIT + "verify",
                        new String(
                                JsonTexts.write(Map.of("checkpoint", note, "publicKey", key)), StandardCharsets.UTF_8))
                .expect(200)
                .json();
        assertThat(proven.path("status").asText()).isEqualTo("intact");
        assertThat(proven.path("beyond").asLong()).isEqualTo(2);
        assertThat(proven.path("firstBad").isNull()).isTrue();

        String changed = note.replace("\n2\n", "\n3\n");
        JsonNode refused = admin.post(
                        AUDIT + "verify",
                        new String(
                                JsonTexts.write(Map.of("checkpoint", changed, "publicKey", key)),
                                StandardCharsets.UTF_8))
                .expect(200)
                .json();
        assertThat(refused.path("status").asText()).isEqualTo("broken");
        assertThat(refused.path("message").asText()).contains("its signature does not fit it");
    }

    @Test
    void theBeginningIsCutOffByIndexOrTime() {
        Client admin = recordedAdmin();
        panel.audit().record(PROGRAM, "file.upload", "", "{}");

        JsonNode cut = admin.post(AUDIT + "cut", "{\"first\": 1}").expect(200).json();
        assertThat(cut.path("removed").asLong()).isEqualTo(1);
        JsonNode again = admin.post(AUDIT + "cut", "{\"before\": \"%s\"}".formatted(clock.instant()))
                .expect(200)
                .json();
        assertThat(again.path("first").asLong()).isEqualTo(1);
        assertThat(again.path("removed").asLong()).isZero();
        panel.audit().removeCutOff(PROGRAM);
        assertThat(actions()).containsExactly("token.add", "file.upload", "audit.cut");
        assertThat(events().get(2).event().actor()).endsWith(" of user:" + ADMIN);
        assertThat(admin.get(AUDIT + "verify").expect(200).json().path("status").asText())
                .isEqualTo("not-verifiable");
    }

    /** An admin whose two events, their being added and their token, are in the log. */
    private Client recordedAdmin() {
        Client admin = admin();
        assertThat(actions()).containsExactly("user.add", "token.add");
        return admin;
    }

    private Hash root() {
        return panel.audit().makeCheckpoint(PROGRAM).checkpoint().checkpoint().root();
    }

    private static List<Hash> path(JsonNode proof) {
        List<Hash> path = new ArrayList<>();
        proof.path("path").forEach(hash -> path.add(Hash.parse("path", hash.asText())));
        return path;
    }

    private static final class Unreachable implements CheckpointAnchor {
        @Override
        public String name() {
            return "https://anchor.example.com/";
        }

        @Override
        public void publish(SignedCheckpoint checkpoint) throws IOException {
            throw new IOException("not today");
        }
    }
}
