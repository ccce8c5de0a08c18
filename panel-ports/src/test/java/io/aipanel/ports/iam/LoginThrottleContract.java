package io.aipanel.ports.iam;

import static io.aipanel.ports.iam.IamSamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.LoginAttempt;
import io.aipanel.domain.iam.LoginThrottle;
import io.aipanel.domain.iam.ThrottleKey;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How guessing is slowed down. */
public interface LoginThrottleContract extends StoreContract {

    /** Three failures within ten minutes. */
    LoginThrottle THREE = new LoginThrottle(3, Duration.ofMinutes(10));

    private static ThrottleKey account(String name) {
        return ThrottleKey.account(new EmailAddress(name + "@example.com"));
    }

    private static ThrottleKey address(int number) {
        return ThrottleKey.address("192.0.2." + number);
    }

    private static void fail(IamRepository iam, ThrottleKey account, ThrottleKey address, Instant at) {
        assertThat(iam.registerLoginAttempt(account, address, at, THREE))
                .as("fewer failures than allowed let another attempt pass")
                .isInstanceOf(LoginAttempt.Allowed.class);
    }

    private static Duration refuse(IamRepository iam, ThrottleKey account, ThrottleKey address, Instant at) {
        LoginAttempt attempt = iam.registerLoginAttempt(account, address, at, THREE);
        assertThat(attempt).as("too many failures are refused").isInstanceOf(LoginAttempt.Refused.class);
        Duration retryAfter = ((LoginAttempt.Refused) attempt).retryAfter();
        assertThat(retryAfter).as("the wait is positive").isPositive();
        return retryAfter;
    }

    @Test
    default void anAccountMayFailSoOftenAndNoMore() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            for (int i = 0; i < 3; i++) {
                fail(iam, account("anna"), address(i), T0);
            }

            refuse(iam, account("anna"), address(9), T0);
            fail(iam, account("bert"), address(9), T0);
        }
    }

    @Test
    default void anAddressMayFailSoOftenAndNoMore() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            for (int i = 0; i < 3; i++) {
                fail(iam, account("user" + i), address(1), T0);
            }

            refuse(iam, account("anna"), address(1), T0);
            fail(iam, account("anna"), address(2), T0);
        }
    }

    @Test
    default void theWaitEndsWhenTheOldestFailureLeavesTheWindow() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            for (int i = 0; i < 3; i++) {
                fail(iam, account("anna"), address(1), T0.plusSeconds(i));
            }
            Instant now = T0.plusSeconds(100);

            Duration wait = refuse(iam, account("anna"), address(1), now);

            assertThat(now.plus(wait))
                    .as("the wait ends with the oldest failure")
                    .isEqualTo(T0.plus(THREE.window()));
            refuse(iam, account("anna"), address(1), now.plus(wait).minusNanos(1000));
            fail(iam, account("anna"), address(1), now.plus(wait));
            refuse(iam, account("anna"), address(1), now.plus(wait));
        }
    }

    @Test
    default void theLongerOfBothWaitsCounts() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            for (int i = 0; i < 3; i++) {
                fail(iam, account("anna"), address(10 + i), T0);
                fail(iam, account("user" + i), address(1), T0.plusSeconds(60));
            }
            Instant now = T0.plusSeconds(120);

            assertThat(now.plus(refuse(iam, account("anna"), address(1), now)))
                    .as("the longer of both waits counts")
                    .isEqualTo(T0.plusSeconds(60).plus(THREE.window()));
        }
    }

    @Test
    default void refusalsDoNotProlongTheWait() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            for (int i = 0; i < 3; i++) {
                fail(iam, account("anna"), address(1), T0);
            }
            for (int i = 1; i < 20; i++) {
                refuse(iam, account("anna"), address(1), T0.plusSeconds(i));
            }

            fail(iam, account("anna"), address(1), T0.plus(THREE.window()));
        }
    }

    @Test
    default void aRefusalForOneKeyDoesNotCountForTheOther() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            for (int i = 0; i < 3; i++) {
                fail(iam, account("anna"), address(1), T0);
            }
            for (int i = 0; i < 5; i++) {
                refuse(iam, account("anna"), address(2), T0);
            }

            fail(iam, account("bert"), address(2), T0);
        }
    }

    @Test
    default void aForgivenAttemptClearsTheAccount() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            fail(iam, account("anna"), address(1), T0);
            fail(iam, account("anna"), address(2), T0);
            LoginAttempt third = iam.registerLoginAttempt(account("anna"), address(3), T0, THREE);

            iam.forgiveLoginAttempt(((LoginAttempt.Allowed) third).attempt());

            for (int i = 0; i < 3; i++) {
                fail(iam, account("anna"), address(4), T0);
            }
            refuse(iam, account("anna"), address(5), T0);
        }
    }

    @Test
    default void aForgivenAttemptLeavesTheOtherFailuresOfTheAddress() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            fail(iam, account("anna"), address(1), T0);
            fail(iam, account("bert"), address(1), T0);
            LoginAttempt third = iam.registerLoginAttempt(account("anna"), address(1), T0, THREE);

            iam.forgiveLoginAttempt(((LoginAttempt.Allowed) third).attempt());

            // Two failures of the address are left: anna's first and bert's.
            fail(iam, account("carl"), address(1), T0);
            refuse(iam, account("dora"), address(1), T0);
        }
    }

    @Test
    default void forgivingTwiceOrNothingChangesNothing() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            LoginAttempt first = iam.registerLoginAttempt(account("anna"), address(1), T0, THREE);
            long attempt = ((LoginAttempt.Allowed) first).attempt();
            iam.forgiveLoginAttempt(attempt);
            for (int i = 0; i < 3; i++) {
                fail(iam, account("anna"), address(1), T0);
            }

            iam.forgiveLoginAttempt(attempt);
            iam.forgiveLoginAttempt(Long.MAX_VALUE);

            refuse(iam, account("anna"), address(1), T0);
        }
    }

    @Test
    default void aStricterThrottleCountsWhatIsAlreadyThere() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            for (int i = 0; i < 3; i++) {
                fail(iam, account("anna"), address(i), T0.plusSeconds(i));
            }
            LoginThrottle one = new LoginThrottle(1, Duration.ofMinutes(10));

            LoginAttempt attempt = iam.registerLoginAttempt(account("anna"), address(9), T0.plusSeconds(3), one);

            assertThat(attempt)
                    .as("the wait lasts until fewer failures than allowed are left")
                    .isEqualTo(new LoginAttempt.Refused(Duration.ofMinutes(10).minusSeconds(1)));
        }
    }

    @Test
    default void ofManyAttemptsAtOnceNoMoreThanAllowedPass() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();

            List<LoginAttempt> attempts = Race.answers(Race.of(
                    12, i -> () -> iam.registerLoginAttempt(account("anna"), address(i % 6), T0, THREE)));

            assertThat(attempts)
                    .as("of many attempts at once no more than allowed pass")
                    .filteredOn(LoginAttempt.Allowed.class::isInstance)
                    .hasSize(3);
        }
    }

    @Test
    default void ofManyAttemptsFromOneAddressAtOnceNoMoreThanAllowedPass() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();

            List<LoginAttempt> attempts = Race.answers(Race.of(
                    12, i -> () -> iam.registerLoginAttempt(account("user" + i), address(1), T0, THREE)));

            assertThat(attempts)
                    .as("of many attempts at once no more than allowed pass")
                    .filteredOn(LoginAttempt.Allowed.class::isInstance)
                    .hasSize(3);
        }
    }
}
