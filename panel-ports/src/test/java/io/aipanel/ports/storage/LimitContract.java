package io.aipanel.ports.storage;

import static io.aipanel.ports.iam.IamSamples.T0;
import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.WORK;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Text;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.hosting.DocumentRoot;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.LoginAttempt;
import io.aipanel.domain.iam.LoginThrottle;
import io.aipanel.domain.iam.PasswordHash;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.ThrottleKey;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.WorkerPresence;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.hosting.HostingSamples;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.iam.IamSamples;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Text at its limits: what the domain accepts every store holds, and what a store could not hold the domain refuses. */
public interface LimitContract extends StoreContract {

    @Test
    default void indexedTextOfUsersFitsAtItsLimit() {
        try (StorageHarness harness = fresh()) {
            Random random = HostileTexts.random("indexedTextOfUsersFitsAtItsLimit");
            IamRepository iam = harness.storage().iam();
            Role role = new Role(
                    new RoleName("a".repeat(64)), HostileTexts.incompressible(random, Text.INDEXED_BYTES), Set.of());
            iam.addRole(role);
            String email = "\u00E9".repeat(64) + "@" + "\uD83D\uDE00".repeat(30);
            User anna = iam.addUser(IamSamples.user(email, role.name())
                    .withDisplayName(HostileTexts.incompressible(random, User.MAX_NAME_BYTES))
                    .withPasswordHash(new PasswordHash("$argon2id$" + "x".repeat(Text.INDEXED_BYTES - 10))));
            ApiToken token = IamSamples.token(anna, HostileTexts.incompressible(random, Text.INDEXED_BYTES));
            iam.addToken(token);
            Session session = new Session(
                    IamSamples.session(anna, T0).id(),
                    IamSamples.tokenHash(),
                    anna.id(),
                    T0,
                    T0,
                    T0,
                    HostileTexts.incompressible(random, Session.MAX_ADDRESS_BYTES),
                    HostileTexts.incompressible(random, Text.INDEXED_BYTES));
            iam.addSession(session);

            assertThat(iam.customRole(role.name()))
                    .as("text at its limit is kept")
                    .contains(role);
            assertThat(iam.userByEmail(anna.email()))
                    .as("text at its limit is kept")
                    .contains(anna);
            assertThat(iam.tokens(anna.id(), PageRequest.first(1)).items())
                    .as("text at its limit is kept")
                    .containsExactly(token);
            assertThat(iam.session(session.id()))
                    .as("text at its limit is kept")
                    .contains(session);
        }
    }

    @Test
    default void pagesGoOnAfterTextAtItsLimit() {
        try (StorageHarness harness = fresh()) {
            Random random = HostileTexts.random("pagesGoOnAfterTextAtItsLimit");
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(IamSamples.user("anna@example.com"));
            for (int i = 0; i < 5; i++) {
                iam.addToken(IamSamples.token(anna, HostileTexts.incompressible(random, Text.INDEXED_BYTES)));
            }
            List<ApiToken> tokens = iam.tokens(anna.id(), PageRequest.first(9)).items();

            assertThat(tokens)
                    .as("tokens come in code point order")
                    .extracting(ApiToken::name)
                    .isSortedAccordingTo(Text.BY_CODE_POINT);
            Paging.assertPages(tokens, page -> iam.tokens(anna.id(), page));
        }
    }

    @Test
    default void keysOfTheThrottleFitAtTheirLimit() {
        try (StorageHarness harness = fresh()) {
            Random random = HostileTexts.random("keysOfTheThrottleFitAtTheirLimit");
            ThrottleKey account = new ThrottleKey(HostileTexts.incompressible(random, Text.INDEXED_BYTES));
            ThrottleKey address = new ThrottleKey(HostileTexts.incompressible(random, Text.INDEXED_BYTES));
            for (int i = 0; i < LoginThrottle.DEFAULT.failures(); i++) {
                assertThat(harness.storage().iam().registerLoginAttempt(account, address, T0, LoginThrottle.DEFAULT))
                        .as("text at its limit is counted")
                        .isInstanceOf(LoginAttempt.Allowed.class);
            }
            assertThat(harness.storage().iam().registerLoginAttempt(account, address, T0, LoginThrottle.DEFAULT))
                    .as("text at its limit is counted")
                    .isInstanceOf(LoginAttempt.Refused.class);
        }
    }

    @Test
    default void indexedTextOfEventsFitsAtItsLimit() {
        try (StorageHarness harness = fresh()) {
            Random random = HostileTexts.random("indexedTextOfEventsFitsAtItsLimit");
            String actor = HostileTexts.incompressible(random, Text.INDEXED_BYTES);
            String target = HostileTexts.incompressible(random, Text.INDEXED_BYTES);
            NewAuditEvent event = AuditSamples.event(T0, actor, "a" + ".b".repeat(49), target);
            harness.storage().audit().append(List.of(event));
            AuditFilter filter =
                    AuditFilter.NEWEST.actor(actor).action(event.action()).target(target);

            assertThat(harness.storage()
                            .audit()
                            .events(filter, PageRequest.first(1))
                            .items())
                    .as("text at its limit is found")
                    .containsExactly(new AuditEvent(0, event));
        }
    }

    @Test
    default void indexedTextOfJobsFitsAtItsLimit() {
        try (StorageHarness harness = fresh()) {
            Random random = HostileTexts.random("indexedTextOfJobsFitsAtItsLimit");
            String key = HostileTexts.incompressible(random, Text.INDEXED_BYTES);
            String worker = HostileTexts.incompressible(random, Text.INDEXED_BYTES);
            var jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work().uniqueKey(key).concurrencyKey(worker));
            jobs.claim(new ClaimRequest(QueueName.DEFAULT, Set.of(WORK), 1, LEASE, worker));

            assertThat(jobs.enqueue(List.of(work().uniqueKey(key))).get(0).id())
                    .as("text at its limit is unique")
                    .isEqualTo(id);
            assertThat(job(jobs, id).worker()).as("text at its limit is kept").contains(worker);
            assertThat(job(jobs, id).concurrencyKey())
                    .as("text at its limit is kept")
                    .contains(worker);
        }
    }

    @Test
    default void pathsFitAtTheirLimit() {
        try (StorageHarness harness = fresh()) {
            Random random = HostileTexts.random("pathsFitAtTheirLimit");
            User owner = harness.storage().iam().addUser(IamSamples.user("owner@example.com"));
            Site site = HostingSamples.site(owner, "example.com");
            String path = HostileTexts.incompressible(random, DocumentRoot.MAX_BYTES - 1)
                    .codePoints()
                    .map(c -> c == '/' || c == '.' || Character.isISOControl(c) ? 'x' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            Site deep = site.with(
                    site.hostName(),
                    site.aliases(),
                    new DocumentRoot("/" + path),
                    site.phpVersion(),
                    site.systemUser(),
                    site.status(),
                    T0);

            harness.storage().hosting().addSite(deep);

            assertThat(harness.storage().hosting().site(site.id()))
                    .as("a path at its limit is kept")
                    .contains(deep);
        }
    }

    @Test
    default void detailsOfExactlyOneMebibyteAreKept() {
        try (StorageHarness harness = fresh()) {
            Random random = HostileTexts.random("detailsOfExactlyOneMebibyteAreKept");
            NewAuditEvent event = AuditSamples.withDetails(HostileTexts.incompressible(random, Text.DOCUMENT_BYTES));

            harness.storage().audit().append(List.of(event));

            assertThat(harness.storage().audit().event(0))
                    .as("details of 1 MiB are kept")
                    .contains(new AuditEvent(0, event));
        }
    }

    @Test
    default void payloadsAndResultsOfExactlyOneMebibyteAreKept() {
        try (StorageHarness harness = fresh()) {
            Random random = HostileTexts.random("payloadsAndResultsOfExactlyOneMebibyteAreKept");
            String payload = HostileTexts.incompressible(random, Text.DOCUMENT_BYTES);
            JsonText result = new JsonText(HostileTexts.incompressible(random, Text.DOCUMENT_BYTES));
            var jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work().payload(payload));

            var claimed = claimOne(jobs);
            assertThat(claimed.job().payload().value())
                    .as("payloads of 1 MiB are handed out")
                    .isEqualTo(payload);
            complete(jobs, claimed.lease(), Optional.of(result));

            assertThat(job(jobs, id).payload().value())
                    .as("payloads of 1 MiB are kept")
                    .isEqualTo(payload);
            assertThat(job(jobs, id).result()).as("results of 1 MiB are kept").contains(result);
        }
    }

    @Test
    default void whatIsLongerThanItsLimitNeverReachesAStore() {
        try (StorageHarness harness = fresh()) {
            User anna = harness.storage().iam().addUser(IamSamples.user("anna@example.com"));
            String tooLong = "x".repeat(Text.INDEXED_BYTES + 1);
            List<ThrowingCallable> tooMuch = List.of(
                    () -> IamSamples.token(anna, tooLong),
                    () -> new Role(new RoleName("a"), tooLong, Set.of()),
                    () -> anna.withDisplayName("x".repeat(User.MAX_NAME_BYTES + 1)),
                    () -> new ThrottleKey(tooLong),
                    () -> AuditSamples.event(tooLong),
                    () -> AuditSamples.event(T0, tooLong, "a", ""),
                    () -> work().uniqueKey(tooLong),
                    () -> work().concurrencyKey(tooLong),
                    () -> new WorkerPresence(tooLong, QueueName.DEFAULT, Set.of(WORK)),
                    () -> new ClaimRequest(QueueName.DEFAULT, Set.of(WORK), 1, LEASE, tooLong),
                    () -> new DocumentRoot("/" + "x".repeat(DocumentRoot.MAX_BYTES)),
                    () -> new JsonText("x".repeat(Text.DOCUMENT_BYTES + 1)),
                    () -> EffectSamples.setting("a.b", "x".repeat(4097)),
                    () -> Cursor.of(tooLong));

            tooMuch.forEach(call -> Refusal.of(
                    InvalidValueException.class, "what is longer than its limit never reaches a store", call));
        }
    }

    @Test
    default void theCharacterZeroNeverReachesAStore() {
        try (StorageHarness harness = fresh()) {
            User anna = harness.storage().iam().addUser(IamSamples.user("anna@example.com"));
            for (String text : List.of("a\0b", "\0", "\uD83D", "\uDE00\uD83D")) {
                List<ThrowingCallable> refused = List.of(
                        () -> IamSamples.token(anna, text),
                        () -> new Role(new RoleName("a"), text, Set.of()),
                        () -> anna.withDisplayName(text),
                        () -> IamSamples.user(text + "@example.com"),
                        () -> new ThrottleKey(text),
                        () -> AuditSamples.event(text),
                        () -> AuditSamples.event(T0, text, "a", ""),
                        () -> AuditSamples.withDetails(text),
                        () -> work().payload(text),
                        () -> work().uniqueKey(text),
                        () -> work().concurrencyKey(text),
                        () -> new DocumentRoot("/" + text),
                        () -> new SiteFilter(Optional.empty(), Optional.of(text)),
                        () -> EffectSamples.setting("a.b", text),
                        () -> Cursor.of(text));

                refused.forEach(call -> Refusal.of(
                        InvalidValueException.class, "U+0000 and half characters never reach a store", call));
            }
        }
    }
}
