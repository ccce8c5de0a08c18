package io.aipanel.http;

import io.aipanel.domain.capacity.Sample;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** What was measured before a test began. */
final class MeasuredBefore {

    private MeasuredBefore() {}

    /**
     * Keeps samples as if they had been measured.
     *
     * @param data where the panel keeps its data
     */
    static void put(Path data, List<Sample> samples) {
        StorageOptions options = StorageOptions.of("sqlite:" + data);
        StorageProvider provider = ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.scheme().equals("sqlite"))
                .findFirst()
                .orElseThrow();
        try (Storage storage = provider.open(options)) {
            storage.capacity().put(samples);
        }
    }
}
