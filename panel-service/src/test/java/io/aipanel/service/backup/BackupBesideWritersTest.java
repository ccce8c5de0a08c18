package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.iam.UserId;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.hosting.NewSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Backups while five hundred add sites as fast as they can, each with an event in another file. */
class BackupBesideWritersTest extends PanelTest {

    private static final int WRITERS = 500;
    private static final int BACKUPS = 3;

    @Override
    protected PanelOptions options() {
        return super.options().backup(BackupOptions.in(directory.resolve("archives")));
    }

    @Test
    void everySiteInABackupHasItsEventThereOrOnTheWay() throws Exception {
        Optional<UserId> owner = Optional.of(user("anna@example.com", "user").id());
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger written = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Backup> backups = new ArrayList<>();
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(() -> {
                    while (!enough.get()) {
                        addSite("site" + begun.incrementAndGet() + ".example.com", owner);
                        written.incrementAndGet();
                    }
                }));
            }
            try {
                for (int i = 0; i < BACKUPS; i++) {
                    int more = written.get() + WRITERS;
                    await().atMost(Duration.ofSeconds(60)).until(() -> written.get() >= more);
                    backups.add(panel.backups()
                            .create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.empty(), CreateProgress.NONE));
                }
            } finally {
                enough.set(true);
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdown();
        }

        for (Backup backup : backups) {
            assertEverySiteHasItsEvent(backup);
        }
    }

    private void addSite(String hostName, Optional<UserId> owner) {
        panel.sites()
                .add(
                        PROGRAM,
                        new NewSite(
                                new HostName(hostName),
                                Set.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                owner));
    }

    private void assertEverySiteHasItsEvent(Backup backup) throws IOException {
        Path scratch = Files.createDirectory(directory.resolve("of-" + backup.name()));
        new Archive(backup.directory(), new Keyring(Optional.empty())).unpackTo(scratch, CreateProgress.NONE);
        try (Storage storage = sqlite().openCopies(scratch, options().storage())) {
            while (storage.outbox().waiting() > 0) {
                storage.outbox().relay(1_000);
            }
            List<String> sites = all(request -> storage.hosting().sites(SiteFilter.ALL, request)).stream()
                    .map(site -> "site:" + site.hostName())
                    .toList();
            List<String> events = all(request -> storage.audit().events(AuditFilter.OLDEST, request)).stream()
                    .filter(event -> event.event().action().equals("site.add"))
                    .map(event -> event.event().target())
                    .toList();

            assertThat(sites).hasSizeGreaterThanOrEqualTo(WRITERS);
            assertThat(without(sites, events))
                    .as("sites of %s without an event", backup.name())
                    .isEmpty();
            assertThat(without(events, sites))
                    .as("events of %s without a site", backup.name())
                    .isEmpty();
            assertThat(events).as("events of %s", backup.name()).doesNotHaveDuplicates();
        }
    }

    private static Set<String> without(List<String> all, List<String> others) {
        Set<String> left = new HashSet<>(all);
        others.forEach(left::remove);
        return left;
    }

    private static <T> List<T> all(Function<PageRequest, Page<T>> list) {
        List<T> items = new ArrayList<>();
        PageRequest first = PageRequest.first(PageRequest.MAX_LIMIT);
        for (Optional<PageRequest> next = Optional.of(first); next.isPresent(); ) {
            Page<T> page = list.apply(next.get());
            items.addAll(page.items());
            next = page.next().map(first::after);
        }
        return items;
    }

    private static StorageProvider sqlite() {
        return ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.scheme().equals("sqlite"))
                .findFirst()
                .orElseThrow();
    }
}
