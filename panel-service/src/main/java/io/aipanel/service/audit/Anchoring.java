package io.aipanel.service.audit;

import io.aipanel.domain.Text;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.ports.audit.CheckpointRepository;
import java.nio.charset.StandardCharsets;
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
        private final String name;
        private @Nullable AnchorState state;
        /** Whether the store knows the state. */
        private boolean noted = true;

        private Duration pause = FIRST_PAUSE;
        private Instant lastTry = Instant.MIN;
        private Optional<Instant> nextTry = Optional.empty();

        Place(CheckpointAnchor anchor) {
            this.anchor = anchor;
            this.name = storable(anchor.name(), Text.INDEXED_BYTES);
        }

        void publish(SignedCheckpoint newest) {
            AnchorState before = state(newest.signatures().get(0).hexKeyId());
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
                worked(before, size, now);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failed(before, e, now);
            } catch (Exception e) {
                failed(before, e, now);
            }
            note(state(before.signer()));
        }

        private void worked(AnchorState before, long size, Instant now) {
            if (nextTry.isPresent()) {
                LOG.info("Checkpoints get to {} again", anchor.name());
            }
            nextTry = Optional.empty();
            pause = FIRST_PAUSE;
            state = new AnchorState(name, before.signer(), size, Optional.of(now), Optional.empty(), "");
        }

        private void failed(AnchorState before, Exception failure, Instant now) {
            String message = failure.getMessage();
            String why = storable(
                    message == null || message.isBlank() ? failure.getClass().getSimpleName() : message,
                    AnchorState.MOST_FAILURE_BYTES);
            if (nextTry.isEmpty()) {
                LOG.warn("Checkpoints do not get to {}: {}; it is tried again until they do", anchor.name(), why);
            }
            nextTry = Optional.of(now.plus(pause));
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            Instant since = before.failedAt().orElse(now);
            state = new AnchorState(name, before.signer(), before.size(), before.at(), Optional.of(since), why);
        }

        private void note(AnchorState current) {
            noted = false;
            checkpoints.keep(current);
            noted = true;
        }

        /** What is known of the place, and of those who sign with this key alone: others bring it checkpoints of theirs. */
        private AnchorState state(String signer) {
            if (state == null || !state.signer().equals(signer)) {
                state = checkpoints.anchors().stream()
                        .filter(known ->
                                known.name().equals(name) && known.signer().equals(signer))
                        .findFirst()
                        .orElseGet(() -> AnchorState.untried(name, signer));
            }
            return state;
        }
    }

    /** What a store takes of a text that somebody else has written. */
    private static String storable(String text, int mostBytes) {
        String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return Text.truncated(valid.replace('\0', ' '), mostBytes);
    }
}
