package io.aipanel.service.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OutboxTest extends PanelTest {

    private static final SettingName NAME = new SettingName("panel.name");

    @Test
    void everyChangeOfManyThreadsHasExactlyOneEventInOrder() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> changes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String value = "name " + i;
                changes.add(() -> {
                    panel.settings().set(PROGRAM, NAME, value);
                    return null;
                });
            }
            for (Future<Void> change : threads.invokeAll(changes)) {
                change.get();
            }
        } finally {
            threads.shutdownNow();
        }

        List<AuditEvent> events = events();
        assertThat(events).hasSize(200);
        assertThat(events).extracting(AuditEvent::index).doesNotHaveDuplicates();
        for (int i = 1; i < events.size(); i++) {
            // Each event names the value before: that of the event before it, if the order is that of the changes.
            String before = events.get(i - 1).event().details().value().replaceAll(".*\"after\":\"([^\"]*)\".*", "$1");
            assertThat(events.get(i).event().details().value()).contains("\"before\":\"" + before + "\"");
        }
    }

    @Test
    void twoPanelsOnOneStorageDeliverEachEventOnce() {
        try (Panel second = Panel.open(options())) {
            for (int i = 0; i < 50; i++) {
                panel.settings().set(PROGRAM, NAME, "first " + i);
                second.settings().set(PROGRAM, NAME, "second " + i);
            }
            assertThat(events()).hasSize(100);
        }
    }

    @Test
    void theHealthOfAFreshPanelIsGood() {
        assertThat(panel.health().check().isReady()).isTrue();
        assertThat(panel.health().check().checks())
                .extracting(HealthReport.Check::name)
                .containsExactly("panel", "audit", "queue", "outbox", "capacity");
        assertThat(panel.health().findDamage()).isEmpty();
    }
}
