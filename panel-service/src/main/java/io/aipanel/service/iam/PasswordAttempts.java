package io.aipanel.service.iam;

import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.LoginAttempt;
import io.aipanel.domain.iam.LoginThrottle;
import io.aipanel.domain.iam.ThrottleKey;
import io.aipanel.ports.iam.IamRepository;
import java.time.InstantSource;

/**
 * Counts every try of a password against the account and the address it comes from, wherever it is tried.
 *
 * @param iam where the tries are counted
 * @param clock tells when old ones are forgotten
 */
record PasswordAttempts(IamRepository iam, InstantSource clock) {

    /** Asks whether a password may be tried, and counts the try as a failure if so. */
    LoginAttempt register(EmailAddress account, Actor from) {
        return iam.registerLoginAttempt(
                ThrottleKey.account(account),
                ThrottleKey.address(from.address().orElse("local")),
                clock.instant(),
                LoginThrottle.DEFAULT);
    }
}
