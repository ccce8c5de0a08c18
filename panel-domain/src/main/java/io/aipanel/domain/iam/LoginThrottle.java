package io.aipanel.domain.iam;

import java.time.Duration;

/**
 * How often somebody may guess wrong: so many failures in a window, counted for the account and for the address
 * that the guess comes from.
 *
 * @param failures the most failures within the window, 1 or more
 * @param window the length of the window
 */
public record LoginThrottle(int failures, Duration window) {

    /** 5 failures within 15 minutes. */
    public static final LoginThrottle DEFAULT = new LoginThrottle(5, Duration.ofMinutes(15));

    /**
     * @throws IllegalArgumentException if a value is not positive
     */
    public LoginThrottle {
        if (failures < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("failures and window must be positive");
        }
    }
}
