package io.aipanel.ports.storage;

import static io.aipanel.ports.iam.IamSamples.T0;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Timestamps;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.domain.versions.ComponentChange;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.iam.IamSamples;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Times: microseconds, from the year 1 to the year 9999, the same on every engine. */
public interface TimeContract extends StoreContract {

    /** In order: both ends, around the changes of calendar, and around the beginning of Unix time. */
    List<Instant> HARD_TIMES = Stream.of(
                    "0001-01-01T00:00:00Z",
                    "0001-01-01T00:00:00.000001Z",
                    "0099-12-31T23:59:59.999999Z",
                    "1582-10-04T12:00:00Z",
                    "1582-10-10T12:00:00.5Z",
                    "1582-10-15T00:00:00Z",
                    "1700-02-28T23:59:59.999999Z",
                    "1900-01-01T00:00:00Z",
                    "1969-12-31T23:59:59.999999Z",
                    "1970-01-01T00:00:00Z",
                    "1970-01-01T00:00:00.000001Z",
                    "2026-03-29T01:30:00.123456Z",
                    "2026-10-25T01:30:00.654321Z",
                    "2038-01-19T03:14:08Z",
                    "9999-12-31T23:59:59.999999Z")
            .map(Instant::parse)
            .toList();

    @Test
    default void everyTimeOfTheLogIsKeptToTheMicrosecond() {
        try (StorageHarness harness = fresh()) {
            harness.storage()
                    .audit()
                    .append(HARD_TIMES.stream()
                            .map(at -> AuditSamples.event(at, "a", "x", ""))
                            .toList());

            assertThat(Paging.all(4, page -> harness.storage().audit().events(AuditFilter.OLDEST, page)))
                    .as("times are kept to the microsecond, and in order")
                    .extracting(each -> each.event().at())
                    .containsExactlyElementsOf(HARD_TIMES);
        }
    }

    @Test
    default void theLogIsFilteredByAnyTime() {
        try (StorageHarness harness = fresh()) {
            harness.storage()
                    .audit()
                    .append(HARD_TIMES.stream()
                            .map(at -> AuditSamples.event(at, "a", "x", ""))
                            .toList());

            for (int i = 0; i < HARD_TIMES.size(); i++) {
                AuditFilter filter = AuditFilter.OLDEST.from(HARD_TIMES.get(i));
                assertThat(harness.storage()
                                .audit()
                                .events(filter, PageRequest.first(99))
                                .items())
                        .as("from is inclusive at any time")
                        .extracting(AuditEvent::event)
                        .extracting(each -> each.at())
                        .containsExactlyElementsOf(HARD_TIMES.subList(i, HARD_TIMES.size()));
            }
        }
    }

    @Test
    default void everyTimeOfThePanelStoreIsKeptToTheMicrosecond() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            for (int i = 0; i < HARD_TIMES.size(); i++) {
                Instant at = HARD_TIMES.get(i);
                StoredSetting setting = new StoredSetting(
                        EffectSamples.setting("panel.time", "").name(), "x", false, at);
                harness.storage().settings().put(setting);
                assertThat(harness.storage().settings().settings())
                        .as("times are kept to the microsecond")
                        .containsExactly(setting);
                User user = iam.addUser(IamSamples.user("user" + i + "@example.com"));
                iam.recordLogin(user.id(), at);
                assertThat(iam.user(user.id()).orElseThrow().lastLoginAt())
                        .as("times are kept to the microsecond")
                        .contains(at);
                Session session = new Session(
                        IamSamples.session(user, T0).id(), IamSamples.tokenHash(), user.id(), at, at, at, "", "");
                iam.addSession(session);
                assertThat(iam.session(session.id()))
                        .as("times are kept to the microsecond")
                        .contains(session);
            }
        }
    }

    @Test
    default void everyTimeOfAJobIsKeptToTheMicrosecond() {
        try (StorageHarness harness = fresh()) {
            for (Instant at : HARD_TIMES) {
                assertThat(job(
                                        harness.storage().jobs(),
                                        enqueue(harness.storage().jobs(), work().runAt(at)))
                                .runAt())
                        .as("times are kept to the microsecond")
                        .isEqualTo(at);
            }
            List<Instant> past =
                    HARD_TIMES.stream().filter(at -> at.isBefore(harness.now())).toList();
            assertThat(harness.storage().jobs().claim(request(99)))
                    .as("jobs come in the order of their times")
                    .extracting(each -> each.job().runAt())
                    .containsExactlyElementsOf(past);
        }
    }

    @Test
    default void everyTimeCanBeTheKeyOfAPage() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(IamSamples.user("anna@example.com"));
            List<Session> newestFirst = HARD_TIMES.stream()
                    .sorted((a, b) -> b.compareTo(a))
                    .map(at -> new Session(
                            IamSamples.session(anna, T0).id(),
                            IamSamples.tokenHash(),
                            anna.id(),
                            at,
                            Timestamps.MAX,
                            Timestamps.MAX,
                            "",
                            ""))
                    .toList();
            newestFirst.forEach(iam::addSession);

            Paging.assertPages(newestFirst, page -> iam.sessions(anna.id(), page));
        }
    }

    @Test
    default void nanosecondsAreCutAndNeverRounded() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            Instant given = Instant.parse("2026-12-31T23:59:59.999999999Z");
            Instant kept = Instant.parse("2026-12-31T23:59:59.999999Z");
            User anna = iam.addUser(IamSamples.user("anna@example.com"));
            Session session = IamSamples.session(anna, T0);
            iam.addSession(session);
            ApiToken token = IamSamples.token(anna, "deploy");
            iam.addToken(token);
            ComponentName nginx = new ComponentName("nginx");

            iam.recordLogin(anna.id(), given);
            iam.touchSession(session.id(), given);
            iam.touchToken(token.id(), given);
            harness.storage().versions().addChange(nginx, given, Finding.NOTHING);
            harness.storage().audit().append(List.of(AuditSamples.event(given, "a", "x", "")));

            String rule = "nanoseconds are cut and never rounded";
            assertThat(iam.user(anna.id()).orElseThrow().lastLoginAt()).as(rule).contains(kept);
            assertThat(iam.session(session.id()).orElseThrow().lastSeenAt())
                    .as(rule)
                    .isEqualTo(kept);
            assertThat(iam.token(token.id()).orElseThrow().lastUsedAt())
                    .as(rule)
                    .contains(kept);
            assertThat(harness.storage()
                            .versions()
                            .changes(nginx, PageRequest.first(1))
                            .items())
                    .as(rule)
                    .extracting(ComponentChange::at)
                    .containsExactly(kept);
            assertThat(harness.storage().audit().event(0).orElseThrow().event().at())
                    .as(rule)
                    .isEqualTo(kept);
        }
    }
}
