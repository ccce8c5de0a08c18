package io.aipanel.service.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.ports.storage.OutboxFull;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.storage.Changes;
import io.aipanel.sqlite.SqliteStorageProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of refusals while the outbox has no room for their events. */
class RefusalLogTest extends PanelTest {

    private static final Actor STRANGER = Actor.anonymous(Optional.of("192.0.2.9"), Optional.empty());

    private Storage storage;
    private RefusalLog refusals;

    /** A storage of which nobody relays anything, with an outbox for one. */
    @BeforeEach
    void openStorage() {
        panel.close();
        storage = new SqliteStorageProvider()
                .open(new StorageOptions(
                        "sqlite:" + directory.resolve("data"),
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        1,
                        false,
                        Map.of(),
                        clock));
        refusals = new RefusalLog(new Changes(storage, clock), clock);
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void aRefusalForWhichThereIsNoRoomIsToldLater() {
        refuse("first");
        assertThatThrownBy(() -> refuse("second")).isInstanceOf(OutboxFull.class);
        relay();

        refusals.flush(true);

        assertThat(recorded()).containsExactly("first {\"reason\":\"no\"}", "second {\"furtherRefusals\":1}");
    }

    @Test
    void countsForWhichThereIsNoRoomAreKept() {
        for (String target : List.of("one", "two")) {
            for (int i = 0; i < 3; i++) {
                refuse(target);
                relay();
            }
        }
        refuse("three");
        clock.advance(RefusalLog.WINDOW);

        assertThatThrownBy(() -> refusals.flush(false)).isInstanceOf(OutboxFull.class);
        relay();
        assertThatThrownBy(() -> refusals.flush(false))
                .as("there is room for one of two")
                .isInstanceOf(OutboxFull.class);
        relay();
        refusals.flush(false);

        assertThat(recorded().subList(0, 3))
                .containsExactly("one {\"reason\":\"no\"}", "two {\"reason\":\"no\"}", "three {\"reason\":\"no\"}");
        assertThat(recorded().subList(3, 5))
                .containsExactlyInAnyOrder("one {\"furtherRefusals\":2}", "two {\"furtherRefusals\":2}");
    }

    private void refuse(String target) {
        refusals.refused(STRANGER, "session.create", target, "no");
    }

    private void relay() {
        storage.outbox().relay(10);
    }

    private List<String> recorded() {
        relay();
        return storage.audit().events(AuditFilter.OLDEST, PageRequest.first(100)).items().stream()
                .map(AuditEvent::event)
                .map(event -> event.target() + " " + event.details().value())
                .toList();
    }
}
