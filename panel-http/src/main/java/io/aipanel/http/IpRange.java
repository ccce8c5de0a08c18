package io.aipanel.http;

import io.aipanel.domain.InvalidValueException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that start alike.
 *
 * @param network the address they start like
 * @param prefix how many bits are alike
 */
record IpRange(InetAddress network, int prefix) {

    /** Only literals reach {@link InetAddress#getByName}, so that no name is ever looked up. */
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:]*[0-9a-fA-F:.]*");

    /**
     * Reads an address, or a network such as {@code 10.0.0.0/8}.
     *
     * @throws InvalidValueException if it is neither
     */
    static IpRange parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> network = literal(slash < 0 ? text : text.substring(0, slash));
        int bits = network.map(address -> address.getAddress().length * 8).orElse(0);
        try {
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            if (network.isPresent() && prefix >= 0 && prefix <= bits) {
                return new IpRange(network.get(), prefix);
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new InvalidValueException(
                "http.trusted-proxies", "must be addresses or networks such as 10.0.0.0/8, not '" + text + "'");
    }

    /** The address of a literal, with or without brackets or zone; empty if it is none. */
    static Optional<InetAddress> literal(String text) {
        String bare = text.strip().replaceFirst("^\\[(.*)]$", "$1").replaceFirst("%.*$", "");
        if (!LITERAL.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
