package io.aipanel.service.capacity;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.service.Json;
import io.aipanel.service.storage.Change;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody outside is told of a change.
 *
 * @param id the same for everybody who is told of this change, and however often
 * @param change what has changed
 * @param advice what to do now, in words
 * @param panel what the panel calls itself
 * @param url where people find the panel; empty if it is not known
 * @param test whether this is only a test of the way: nothing has changed
 */
public record CapacityNotice(
        UUID id, StateChange change, String advice, String panel, Optional<URI> url, boolean test) {

    /** The notice of a change. */
    static CapacityNotice of(UUID id, StateChange change, String panel, Optional<URI> url) {
        return new CapacityNotice(id, change, Advice.on(change.threshold(), change.to()), panel, url, false);
    }

    /** A notice that shows whether notices arrive. */
    public static CapacityNotice test(Instant now, String panel, Optional<URI> url) {
        Threshold threshold = Threshold.JOBS_PER_MINUTE;
        double limit = threshold.defaultLimit();
        StateChange change = new StateChange(
                threshold, ThresholdState.OK, ThresholdState.WARNING, Optional.of(0.8 * limit), limit, now);
        return new CapacityNotice(
                Change.newId(),
                change,
                "This is a test: nothing has changed, and nothing has to be done.",
                panel,
                url,
                true);
    }

    /**
     * The notice as a JSON object: {@code type} (always {@code capacity.state}), {@code id}, {@code timestamp}, {@code panel},
     * {@code url}, {@code threshold}, {@code from}, {@code to}, {@code value}, {@code limit}, {@code unit}, {@code share},
     * {@code since}, {@code advice}, {@code test}. The url, the value and the share may be null.
     */
    public JsonText toJson() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("type", "capacity.state");
        tree.put("id", id.toString());
        // Under this name because Standard Webhooks has it so; under the other because that is what it means here.
        tree.put("timestamp", change.since().toString());
        tree.put("panel", panel);
        tree.put("url", url.map(URI::toString).orElse(null));
        tree.put("threshold", change.threshold().wireName());
        tree.put("from", change.from().wireName());
        tree.put("to", change.to().wireName());
        tree.put("value", change.value().map(CapacityNotice::plain).orElse(null));
        tree.put("limit", plain(change.limit()));
        tree.put("unit", change.threshold().unit());
        tree.put("share", change.share().map(CapacityNotice::plain).orElse(null));
        tree.put("since", change.since().toString());
        tree.put("advice", advice);
        tree.put("test", test);
        return Json.write(tree);
    }

    /** To six digits, and never with an exponent, which people do not like to read and shells cannot. */
    private static BigDecimal plain(double number) {
        BigDecimal rounded = Math.abs(number) < 1e6
                ? new BigDecimal(number, new MathContext(6))
                : BigDecimal.valueOf(Math.round(number));
        BigDecimal stripped = rounded.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
