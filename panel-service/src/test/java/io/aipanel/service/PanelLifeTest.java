package io.aipanel.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.service.audit.AuditOptions;
import io.aipanel.service.jobs.JobMode;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("counts the threads of this JVM")
class PanelLifeTest extends PanelTest {

    @Override
    protected PanelOptions options() {
        return super.options().jobs(JobMode.WORKERS).audit(AuditOptions.signedWith(directory.resolve("audit.key")));
    }

    @Test
    void noThreadIsLeftAfterClosing() {
        panel.close();
        Set<Thread> before = threads();
        for (int i = 0; i < 3; i++) {
            try (Panel again = Panel.open(options())) {
                again.jobs().handle("nothing", job -> {});
                again.settings().set(PROGRAM, new SettingName("panel.name"), "name " + i);
            }
        }
        await().untilAsserted(() -> {
            Set<Thread> left = threads();
            left.removeAll(before);
            assertThat(left).isEmpty();
        });
    }

    @Test
    void closingTwiceIsClosingOnce() {
        panel.close();
        panel.close();
        assertThatThrownBy(() -> panel.settings().list(PROGRAM)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void severalPanelsLiveInOneProcess() {
        try (Panel other = Panel.open(PanelOptions.of("sqlite:" + directory.resolve("other")))) {
            other.settings().set(PROGRAM, new SettingName("panel.name"), "Other");
            assertThat(events()).isEmpty();
        }
    }

    @Test
    void anUnknownEngineIsRefusedByName() {
        assertThatThrownBy(() -> Panel.open(PanelOptions.of("mysql:whatever")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mysql")
                .hasMessageContaining("sqlite");
    }

    @Test
    void theDataIsThreeFiles() {
        assertThat(directory.resolve("data").toFile().list()).contains("panel.db", "audit.db", "queue.db");
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("awaitility"))
                .collect(Collectors.toSet());
    }
}
