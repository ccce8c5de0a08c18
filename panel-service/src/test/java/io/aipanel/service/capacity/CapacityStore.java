package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.PanelTest;
import io.aipanel.sqlite.SqliteStorageProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A panel that does not measure itself, and its storage opened once more to be measured. */
abstract class CapacityStore extends PanelTest {

    Storage storage;

    @BeforeEach
    void openBeside() {
        storage = new SqliteStorageProvider().open(options().storage());
    }

    @AfterEach
    void closeBeside() {
        storage.close();
    }

    /** The beginning of a minute, before or after the present one. */
    Instant minute(int minutes) {
        return Step.MINUTE.floor(clock.instant()).plus(Duration.ofMinutes(minutes));
    }

    /** Writes of one length. */
    static Sample writes(Series series, Step step, Instant at, String source, int number, double milliseconds) {
        Spread spread = new Spread(series);
        org.HdrHistogram.Histogram histogram = new org.HdrHistogram.Histogram(2);
        histogram.recordValueWithCount(Math.round(milliseconds * 1_000), number);
        spread.add(histogram);
        return spread.sample(series, step, at, source);
    }

    /** Every sample of a series. */
    List<Sample> kept(Series series, Step step) {
        return storage.capacity()
                .samples(Set.of(series), step, Instant.EPOCH, clock.instant().plusSeconds(60));
    }
}
