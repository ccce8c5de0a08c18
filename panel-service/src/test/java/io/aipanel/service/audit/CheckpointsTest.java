package io.aipanel.service.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.service.Panel;
import io.aipanel.sqlite.SqliteStorageProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** When checkpoints are made, and how they get elsewhere. Alone, because it reads the log of all panels in the process. */
@Isolated
class CheckpointsTest extends AuditTest {

    private final Place place = new Place("file:/mnt/elsewhere");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Storage storage;
    private Checkpoints checkpoints;

    @BeforeEach
    void openCheckpoints() {
        storage = new SqliteStorageProvider().open(StorageOptions.of("sqlite:" + directory.resolve("data")));
        checkpoints = new Checkpoints(
                storage,
                new AuditOptions(Optional.of(keyFile()), Optional.of("test/log"), List.of(place), false),
                clock);
        log.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(log);
    }

    @AfterEach
    void closeStorage() {
        logger().detachAppender(log);
        logger().setLevel(null);
        checkpoints.close();
        storage.close();
    }

    @Test
    void aLogWithoutEventsIsNotSigned() {
        assertThat(checkpoints.round()).isEqualTo(Checkpoints.INTERVAL);

        assertThat(panel.audit().latestCheckpoint(PROGRAM)).isEmpty();
        assertThat(place.published).isEmpty();
    }

    @Test
    void newEventsAreSignedOnceAMinute() {
        record(3);
        checkpoints.round();
        assertThat(signed()).containsExactly(3L);

        record(1);
        clock.advance(Duration.ofSeconds(20));
        assertThat(checkpoints.round()).isEqualTo(Duration.ofSeconds(40));
        assertThat(signed()).containsExactly(3L);

        clock.advance(Duration.ofSeconds(40));
        assertThat(checkpoints.round()).isEqualTo(Checkpoints.INTERVAL);
        assertThat(signed()).containsExactly(3L, 4L);

        clock.advance(Duration.ofHours(1));
        checkpoints.round();
        assertThat(signed()).containsExactly(3L, 4L);
        KeptCheckpoint latest = panel.audit().latestCheckpoint(PROGRAM).orElseThrow();
        assertThat(latest.at()).isEqualTo(Instant.parse("2026-03-01T12:01:00Z"));
        assertThat(latest.checkpoint().isSignedBy(publicKey())).isTrue();
        assertThat(latest.checkpoint().checkpoint().origin()).isEqualTo("test/log");
        assertThat(panel.audit().keys(PROGRAM)).containsExactly(publicKey());
    }

    @Test
    void aClockThatWasSetBackDoesNotStopTheSigning() {
        record(1);
        checkpoints.round();
        record(1);
        clock.advance(Duration.ofHours(-1));

        checkpoints.round();

        assertThat(signed()).containsExactly(1L, 2L);
    }

    @Test
    void theNewestCheckpointGetsElsewhereOnce() {
        record(2);
        checkpoints.round();
        clock.advance(Checkpoints.INTERVAL);
        checkpoints.round();

        assertThat(place.published).containsExactly(2L);
        assertThat(state())
                .isEqualTo(new AnchorState(
                        place.name(),
                        publicKey().hexId(),
                        2,
                        Optional.of(Instant.parse("2026-03-01T12:00:00Z")),
                        Optional.empty(),
                        ""));
    }

    @Test
    void aPlaceThatFailsIsTriedAgainEverMoreSlowlyUntilItWorks() {
        place.failure = Optional.of("no such host");
        record(1);
        Instant began = clock.instant();

        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Duration pause = checkpoints.round();
            pauses.add(pause);
            clock.advance(pause);
        }
        assertThat(pauses.subList(0, 4))
                .containsExactly(
                        Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(25));
        assertThat(pauses).allMatch(pause -> pause.compareTo(Checkpoints.INTERVAL) <= 0);
        assertThat(state())
                .isEqualTo(new AnchorState(
                        place.name(), publicKey().hexId(), 0, Optional.empty(), Optional.of(began), "no such host"));
        assertThat(messages())
                .containsExactly("Checkpoints do not get to file:/mnt/elsewhere: no such host; it is tried again until"
                        + " they do");

        place.failure = Optional.empty();
        record(1);
        clock.advance(Anchoring.LONGEST_PAUSE);
        checkpoints.round();

        assertThat(place.published).as("the newest only").containsExactly(2L);
        assertThat(state().failedAt()).isEmpty();
        assertThat(state().size()).isEqualTo(2);
        assertThat(messages()).hasSize(2).last().isEqualTo("Checkpoints get to file:/mnt/elsewhere again");
    }

    @Test
    void whatFailedBeforeARestartIsTriedAgainAfterIt() {
        place.failure = Optional.of("closed");
        record(1);
        checkpoints.round();
        place.failure = Optional.empty();
        Checkpoints restarted = new Checkpoints(
                storage, new AuditOptions(Optional.of(keyFile()), Optional.empty(), List.of(place), false), clock);

        restarted.round();

        assertThat(place.published).containsExactly(1L);
        assertThat(state().failedAt()).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerOnlyDelaysIt() {
        place.failure = Optional.of("closed");
        record(1);
        checkpoints.round();
        clock.advance(Duration.ofHours(1));
        log.list.clear();
        storage.close();

        // Not at once, though the place was to be tried again long ago.
        assertThat(checkpoints.round()).isEqualTo(Checkpoints.PAUSE_AFTER_FAILURE);
        checkpoints.round();

        assertThat(messages()).singleElement().asString().startsWith("No checkpoint can be made now");
    }

    @Test
    void aLogThatDoesNotContinueWhatWasSignedIsNotSigned() {
        record(2);
        checkpoints.round();
        String before = treeRow();
        record(3);
        clock.advance(Checkpoints.INTERVAL);
        checkpoints.round();
        tamper("DELETE FROM events WHERE \"index\" >= 2", "UPDATE tree SET " + before);
        assertThatThrownBy(() -> panel.audit().makeCheckpoint(PROGRAM))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("it has 2 events, and a checkpoint was signed over 5");

        record(4);
        assertThatThrownBy(() -> panel.audit().makeCheckpoint(PROGRAM))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("does not begin with what was signed over 5 events");
        assertThat(signed()).containsExactly(2L, 5L);
    }

    @Test
    void theLogKeepsItsName() {
        record(1);
        checkpoint();
        panel.close();
        panel = Panel.open(super.options()
                .audit(new AuditOptions(Optional.of(keyFile()), Optional.of("other/log"), List.of(), false)));
        record(1);

        assertThat(panel.audit()
                        .makeCheckpoint(PROGRAM)
                        .checkpoint()
                        .checkpoint()
                        .origin())
                .isEqualTo("test/log");
        assertThat(messages()).anyMatch(line -> line.contains("is called test/log and keeps that name"));
    }

    @Test
    void aPanelWithAKeySignsByItself() {
        record(1);
        try (Panel signing = Panel.open(super.options().audit(AuditOptions.signedWith(keyFile(), place)))) {
            await().untilAsserted(() -> assertThat(place.published).containsExactly(1L));
            assertThat(signing.audit().latestCheckpoint(PROGRAM)).isPresent();
            assertThat(signing.audit().anchors(PROGRAM)).singleElement();
        }
    }

    @Test
    void whatWasNotedOfPlacesBeforeSignersWereToldApartIsTheNewestSigners() {
        record(1);
        checkpoint();
        checkpoints.close();
        storage.close();

        tamper(
                "DROP TABLE anchors",
                "CREATE TABLE anchors (name TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, at INTEGER,"
                        + " failed_at INTEGER, failure TEXT NOT NULL) STRICT, WITHOUT ROWID",
                "INSERT INTO anchors VALUES ('/mnt/old', 7, 1000000, NULL, '')",
                "DELETE FROM databasechangelog WHERE id = '0007-anchor-nodes'");

        assertThat(panel.audit().anchors(PROGRAM))
                .containsExactly(new AnchorState(
                        "/mnt/old",
                        publicKey().hexId(),
                        7,
                        Optional.of(Instant.ofEpochSecond(1)),
                        Optional.empty(),
                        ""));
    }

    @Test
    void whateverAPlaceSaysCanBeNoted() {
        place.failure = Optional.of("half \ud800 of \u0000 it, " + "\u00fc".repeat(1_000));
        record(1);

        checkpoints.round();

        assertThat(state().failure()).startsWith("half ? of   it, \u00fc").hasSizeLessThan(1_000);
    }

    @Test
    void aPanelWithoutAKeySaysSo() {
        panel.close();
        panel = Panel.open(super.options().audit(AuditOptions.NONE));

        assertThatThrownBy(() -> panel.audit().makeCheckpoint(PROGRAM))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("audit.key must name a file");
    }

    private AnchorState state() {
        return panel.audit().anchors(PROGRAM).stream()
                .filter(state -> state.name().equals(place.name()))
                .findFirst()
                .orElseThrow();
    }

    private List<Long> signed() {
        return storage.checkpoints().checkpoints(PageRequest.first(100)).items().stream()
                .map(kept -> kept.checkpoint().checkpoint().size())
                .toList();
    }

    private List<String> messages() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("io.aipanel.service.audit");
    }

    /** A place that fails when it is told to. */
    private static final class Place implements CheckpointAnchor {
        private final String name;
        private final List<Long> published = new CopyOnWriteArrayList<>();
        private volatile Optional<String> failure = Optional.empty();

        Place(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void publish(SignedCheckpoint checkpoint) throws IOException {
            if (failure.isPresent()) {
                throw new IOException(failure.get());
            }
            published.add(checkpoint.checkpoint().size());
        }
    }
}
