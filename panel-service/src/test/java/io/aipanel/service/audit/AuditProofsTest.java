package io.aipanel.service.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.PermissionDenied;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Proofs about the log, and cutting off its beginning. */
class AuditProofsTest extends AuditTest {

    @Test
    void anEventIsProvenAgainstTheLatestCheckpoint() {
        record(300);
        checkpoint();
        record(10);
        Checkpoint signed = panel.audit()
                .latestCheckpoint(PROGRAM)
                .orElseThrow()
                .checkpoint()
                .checkpoint();

        ProvenEvent proven = panel.audit().inclusion(PROGRAM, 17, Optional.empty());

        assertThat(proven.proof().size()).isEqualTo(300);
        assertThat(proven.leaf()).isEqualTo(EventEncoding.leaf(proven.event().event()));
        assertThat(proven.proof().proves(proven.leaf(), signed.root())).isTrue();
        assertThat(proven.root()).isEqualTo(signed.root());
    }

    @Test
    void anEventThatIsNotSignedYetIsProvenAgainstTheLogAsItIs() {
        record(2);
        checkpoint();
        record(1);

        assertThat(panel.audit().inclusion(PROGRAM, 2, Optional.empty()).proof().size())
                .isEqualTo(3);
        assertThat(panel.audit().inclusion(PROGRAM, 0, Optional.of(1L)).proof().path())
                .isEmpty();
    }

    @Test
    void laterCheckpointsContinueEarlierOnes() {
        record(100);
        Checkpoint early = panel.audit().makeCheckpoint(PROGRAM).checkpoint().checkpoint();
        record(333);
        Checkpoint late = panel.audit().makeCheckpoint(PROGRAM).checkpoint().checkpoint();

        assertThat(panel.audit().consistency(PROGRAM, 100, 433).proves(early.root(), late.root()))
                .isTrue();
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        refused("index", "the log has no events there", () -> panel.audit().inclusion(PROGRAM, 0, Optional.empty()));
        record(10);
        refused("index", "must be 0 to 9", () -> panel.audit().inclusion(PROGRAM, 10, Optional.empty()));
        refused("index", "must be 0 to 9", () -> panel.audit().inclusion(PROGRAM, -1, Optional.empty()));
        refused("size", "must be 6 to 10", () -> panel.audit().inclusion(PROGRAM, 5, Optional.of(5L)));
        refused("size", "must be 6 to 10", () -> panel.audit().inclusion(PROGRAM, 5, Optional.of(11L)));
        refused("from", "must be 1 to 10", () -> panel.audit().consistency(PROGRAM, 0, 10));
        refused("from", "must be 1 to 10", () -> panel.audit().consistency(PROGRAM, 11, 12));
        refused("to", "must be 5 to 10", () -> panel.audit().consistency(PROGRAM, 5, 4));
        refused("to", "must be 5 to 10", () -> panel.audit().consistency(PROGRAM, 5, 11));
        refused("first", "must be 0 to 10", () -> panel.audit().cut(PROGRAM, 11));
        refused("first", "must be 0 to 10", () -> panel.audit().cut(PROGRAM, -1));
    }

    @Test
    void aCutIsRecordedAndWhatItCutsOffIsRemoved() {
        record(5_000);

        assertThat(panel.audit().cut(PROGRAM, 4_500)).isEqualTo(4_500);
        panel.audit().removeCutOff(PROGRAM);

        List<AuditEvent> left = events();
        assertThat(left).hasSize(501);
        assertThat(left.get(0).index()).isEqualTo(4_500);
        AuditEvent last = left.get(500);
        assertThat(last.event().action()).isEqualTo("audit.cut");
        assertThat(last.event().actor()).isEqualTo("test");
        assertThat(last.event().details().value()).isEqualTo("{\"first\":4500,\"removed\":4500}");
        refused("index", "must be 4500 to 5000", () -> panel.audit().inclusion(PROGRAM, 4_499, Optional.empty()));
    }

    @Test
    void whatIsCutOffAlreadyIsNotCutOffAgain() {
        record(10);
        panel.audit().cut(PROGRAM, 5);

        assertThat(panel.audit().cut(PROGRAM, 5)).isZero();
        assertThat(panel.audit().cut(PROGRAM, 3)).isZero();

        assertThat(actions()).filteredOn("audit.cut"::equals).hasSize(1);
    }

    @Test
    void whatWasLeftToBeRemovedIsRemovedAfterARestart() {
        record(10);
        panel.audit().cut(PROGRAM, 5);
        panel.close();
        open();

        panel.audit().removeCutOff(PROGRAM);

        assertThat(events())
                .first()
                .satisfies(event -> assertThat(event.index()).isEqualTo(5));
    }

    @Test
    void aTimeBecomesAnIndexBelowWhichEveryEventIsOlder() {
        Instant began = clock.instant();
        record(3);
        clock.advance(Duration.ofHours(1));
        record(1);
        clock.advance(Duration.ofMinutes(-30));
        record(1);
        clock.advance(Duration.ofHours(5));

        assertThat(panel.audit().firstSince(PROGRAM, began)).isZero();
        assertThat(panel.audit().firstSince(PROGRAM, began.plusSeconds(1))).isEqualTo(3);
        // The fourth was recorded at one, the fifth at half past twelve.
        assertThat(panel.audit().firstSince(PROGRAM, began.plus(Duration.ofMinutes(20))))
                .isEqualTo(3);
        assertThat(panel.audit().firstSince(PROGRAM, began.plus(Duration.ofHours(2))))
                .isEqualTo(5);
        refused(
                "before",
                "must not be in the future",
                () -> panel.audit().firstSince(PROGRAM, clock.instant().plusSeconds(1)));
    }

    @Test
    void onlyAnAdminCutsTheLog() {
        user("operator@example.com", "operator");
        user("auditor@example.com", "auditor");
        user("user@example.com", "user");
        user("admin@example.com", "admin");

        Actor auditor = actor("auditor@example.com");
        assertThat(panel.audit().verify(auditor, Evidence.NONE).status()).isEqualTo(Verification.Status.NOT_VERIFIABLE);
        assertThat(panel.audit().latestCheckpoint(auditor)).isEmpty();
        for (String email : List.of("operator@example.com", "auditor@example.com", "user@example.com")) {
            Actor actor = actor(email);
            assertThatThrownBy(() -> panel.audit().cut(actor, 1))
                    .isInstanceOf(PermissionDenied.class)
                    .hasMessageContaining("audit:cut");
        }
        Actor user = actor("user@example.com");
        assertThatThrownBy(() -> panel.audit().verify(user, Evidence.NONE)).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> panel.audit().inclusion(user, 0, Optional.empty()))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> panel.audit().consistency(user, 1, 1)).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> panel.audit().makeCheckpoint(auditor)).isInstanceOf(PermissionDenied.class);
        assertThat(panel.audit().cut(actor("admin@example.com"), 1)).isEqualTo(1);
    }

    private static void refused(String field, String rule, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field))
                .hasMessageContaining(rule);
    }
}
