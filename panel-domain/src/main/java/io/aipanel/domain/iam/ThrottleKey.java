package io.aipanel.domain.iam;

import io.aipanel.domain.Text;

/**
 * What login failures are counted for: an account or an address. Counting for the account goes by the e-mail that
 * was tried, whether or not such a user exists, so that the answer does not tell.
 *
 * @param value {@code account:} or {@code address:} and what is counted, at most {@link Text#INDEXED_BYTES} UTF-8 bytes
 */
public record ThrottleKey(String value) {

    /**
     * @throws io.aipanel.domain.InvalidValueException if the key is blank or too long
     */
    public ThrottleKey {
        Text.required("throttleKey", value, Text.INDEXED_BYTES);
    }

    /** The key for an account. */
    public static ThrottleKey account(EmailAddress email) {
        return new ThrottleKey("account:" + email.value());
    }

    /**
     * The key for an address. An IPv6 address counts by its first 64 bits, because whoever has one has them all
     * (RFC 6177).
     *
     * @param address an IP address in its usual written form; other text counts as it is
     */
    public static ThrottleKey address(String address) {
        return new ThrottleKey("address:" + IpNetwork.of(address));
    }
}
