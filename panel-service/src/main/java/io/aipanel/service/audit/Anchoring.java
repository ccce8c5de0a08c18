package io.aipanel.service.audit;

import io.aipanel.domain.Text;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.ports.audit.CheckpointRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the newest checkpoint to every place outside, and notes how that went. A place that fails is tried again, ever
 * more slowly, with whatever is the newest then.
 */
final class Anchoring {

    private static final Logger LOG = LoggerFactory.getLogger(Anchoring.class);

    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private static final int MOST_FAILURE_BYTES = 1_000;

    private final List<Place> places;
    private final CheckpointRepository checkpoints;
    private final InstantSource clock;

    Anchoring(List<CheckpointAnchor> anchors, CheckpointRepository checkpoints, InstantSource clock) {
        this.places = anchors.stream().map(Place::new).toList();
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    /** Brings a checkpoint to every place that has no newer one and is not to be left in peace for a while yet. */
    synchronized void publish(SignedCheckpoint newest) {
        places.forEach(place -> place.publish(newest));
    }

    /** How long there is nothing to try again; empty if nothing has failed. */
    synchronized Optional<Duration> untilNextTry() {
        Instant now = clock.instant();
        return places.stream()
                .flatMap(place -> place.nextTry.stream())
                .min(Instant::compareTo)
                .map(next -> next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO);
    }

    /** A place, and how it is doing. */
    private final class Place {
        private final CheckpointAnchor anchor;
        private @Nullable AnchorState state;
        /** Whether the store knows the state. */
        private boolean noted = true;

        private Duration pause = FIRST_PAUSE;
        private Instant lastTry = Instant.MIN;
        private Optional<Instant> nextTry = Optional.empty();

        Place(CheckpointAnchor anchor) {
            this.anchor = anchor;
        }

        void publish(SignedCheckpoint newest) {
            AnchorState before = state();
            if (!noted) {
                note(before);
            }
            long size = newest.checkpoint().size();
            Instant now = clock.instant();
            // A clock that was set back must not make it wait for longer than it was meant to.
            boolean mustWait = nextTry.filter(now::isBefore).isPresent() && !now.isBefore(lastTry);
            if (before.at().isPresent() && before.size() >= size || mustWait) {
                return;
            }
            lastTry = now;
            try {
                anchor.publish(newest);
                worked(size, now);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failed(before, e, now);
            } catch (Exception e) {
                failed(before, e, now);
            }
            note(state());
        }

        private void worked(long size, Instant now) {
            if (nextTry.isPresent()) {
                LOG.info("Checkpoints get to {} again", anchor.name());
            }
            nextTry = Optional.empty();
            pause = FIRST_PAUSE;
            state = new AnchorState(anchor.name(), size, Optional.of(now), Optional.empty(), "");
        }

        private void failed(AnchorState before, Exception failure, Instant now) {
            String message = failure.getMessage();
            String why = Text.truncated(
                    message == null || message.isBlank() ? failure.getClass().getSimpleName() : message,
                    MOST_FAILURE_BYTES);
            if (nextTry.isEmpty()) {
                LOG.warn("Checkpoints do not get to {}: {}; it is tried again until they do", anchor.name(), why);
            }
            nextTry = Optional.of(now.plus(pause));
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            Instant since = before.failedAt().orElse(now);
            state = new AnchorState(anchor.name(), before.size(), before.at(), Optional.of(since), why);
        }

        private void note(AnchorState current) {
            noted = false;
            checkpoints.keep(current);
            noted = true;
        }

        private AnchorState state() {
            if (state == null) {
                state = checkpoints.anchors().stream()
                        .filter(known -> known.name().equals(anchor.name()))
                        .findFirst()
                        .orElseGet(() -> new AnchorState(anchor.name(), 0, Optional.empty(), Optional.empty(), ""));
            }
            return state;
        }
    }
}
