package io.aipanel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreUnavailable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own that is stopped and started again. */
final class ServerRestartTest {

    @Test
    void thePanelGoesOnWhenTheServerIsBack(@TempDir Path data) throws IOException {
        EmbeddedPostgres first = server(data).start();
        int port = first.getPort();
        StoredSetting setting = new StoredSetting(new SettingName("panel.name"), "x", false, Instant.EPOCH);
        try (Storage storage = new PostgresStorageProvider()
                .open(StorageOptions.of("postgresql://postgres@127.0.0.1:" + port + "/postgres"))) {
            storage.settings().put(setting);
            first.close();

            StoreUnavailable down = catchThrowableOfType(
                    StoreUnavailable.class, () -> storage.settings().settings());
            assertThat(down.reason()).isEqualTo(StoreUnavailable.Reason.UNREACHABLE);
            assertThat(down).hasMessageContaining("127.0.0.1:" + port);

            try (EmbeddedPostgres second = server(data).setPort(port).start()) {
                assertThat(second.getPort()).isEqualTo(port);
                await("it goes on without a restart of ours")
                        .atMost(Duration.ofSeconds(20))
                        .ignoreExceptionsInstanceOf(StoreUnavailable.class)
                        .untilAsserted(() -> assertThat(storage.settings().settings())
                                .as("what was acknowledged is there")
                                .containsExactly(setting));
            }
        }
    }

    private static EmbeddedPostgres.Builder server(Path data) {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(TestServer.directory().toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false);
    }
}
