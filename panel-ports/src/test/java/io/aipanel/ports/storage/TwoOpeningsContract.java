package io.aipanel.ports.storage;

import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.iam.LoginAttempt;
import io.aipanel.domain.iam.LoginThrottle;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.ThrottleKey;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.iam.IamSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds when two processes use one storage. */
public interface TwoOpeningsContract extends StoreContract {

    private static Storage either(StorageHarness harness, Storage other, int number) {
        return number % 2 == 0 ? harness.storage() : other;
    }

    @Test
    default void openingsSeeEachOthersCommitsAtOnce() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            for (int i = 0; i < 5; i++) {
                User user = either(harness, other, i).iam().addUser(IamSamples.user("user" + i + "@example.com"));
                assertThat(either(harness, other, i + 1).iam().user(user.id()))
                        .as("what one has committed the other sees at once")
                        .contains(user);
            }
        }
    }

    @Test
    default void anOpeningThatHasSeenAnOldVersionLosesToo() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            User anna = harness.storage().iam().addUser(IamSamples.user("anna@example.com"));
            other.iam().updateUser(anna.withDisplayName("Other"));

            Refusal.stale(
                    1,
                    2,
                    "a stale version loses",
                    () -> harness.storage().iam().updateUser(anna.withDisplayName("Mine")));
        }
    }

    @Test
    default void claimersOfTwoOpeningsNeverGetOneJob() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            List<Enqueued> added = harness.storage()
                    .jobs()
                    .enqueue(IntStream.range(0, 100).mapToObj(i -> work()).toList());

            List<List<ClaimedJob>> claimed = Race.answers(Race.of(4, i -> () -> {
                List<ClaimedJob> mine = new ArrayList<>();
                List<ClaimedJob> next = either(harness, other, i).jobs().claim(request(5));
                while (!next.isEmpty()) {
                    mine.addAll(next);
                    next = either(harness, other, i).jobs().claim(request(5));
                }
                return mine;
            }));

            assertThat(claimed.stream()
                            .flatMap(List::stream)
                            .map(each -> each.job().id()))
                    .as("claimers of two openings never get one job")
                    .containsExactlyInAnyOrderElementsOf(
                            added.stream().map(Enqueued::id).toList());
        }
    }

    @Test
    default void indexesStayDenseWhenTwoOpeningsAppend() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            List<List<AuditEvent>> appended = Race.answers(Race.of(4, i -> () -> {
                List<AuditEvent> mine = new ArrayList<>();
                for (int round = 0; round < 10; round++) {
                    mine.addAll(either(harness, other, i)
                            .audit()
                            .append(List.of(AuditSamples.event("a"), AuditSamples.event("b"))));
                }
                return mine;
            }));

            assertThat(appended.stream().flatMap(List::stream).map(AuditEvent::index))
                    .as("indexes stay dense when two openings append")
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, 80).boxed().toList());
        }
    }

    @Test
    default void theLastAdministratorStaysWhenTwoOpeningsRace() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            for (int round = 0; round < 5; round++) {
                User first = harness.storage().iam().addUser(IamSamples.user("a@example.com", Role.ADMIN));
                User second = harness.storage().iam().addUser(IamSamples.user("b@example.com", Role.ADMIN));
                List<Callable<Boolean>> racers = List.of(
                        () -> disableUnlessLast(harness.storage(), first), () -> disableUnlessLast(other, second));

                Race.answers(Race.between(racers));

                assertThat(harness.storage().iam().activeUsersWith(Role.ADMIN))
                        .as("who counts the administrators in a transaction counts alone")
                        .isEqualTo(1);
                harness.storage().iam().removeUser(first.id());
                harness.storage().iam().removeUser(second.id());
            }
        }
    }

    private static boolean disableUnlessLast(Storage storage, User admin) {
        return storage.write(tx -> tx.iam().activeUsersWith(Role.ADMIN) > 1
                && tx.iam().updateUser(admin.withStatus(UserStatus.DISABLED)).isPresent());
    }

    @Test
    default void guessesThroughTwoOpeningsAreCountedTogether() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            LoginThrottle three = new LoginThrottle(3, Duration.ofMinutes(10));
            ThrottleKey account =
                    ThrottleKey.account(IamSamples.user("anna@example.com").email());

            List<LoginAttempt> attempts = Race.answers(Race.of(
                    8,
                    i -> () -> either(harness, other, i)
                            .iam()
                            .registerLoginAttempt(account, ThrottleKey.address("192.0.2." + i), IamSamples.T0, three)));

            assertThat(attempts)
                    .as("of many attempts at once no more than allowed pass")
                    .filteredOn(LoginAttempt.Allowed.class::isInstance)
                    .hasSize(3);
        }
    }
}
