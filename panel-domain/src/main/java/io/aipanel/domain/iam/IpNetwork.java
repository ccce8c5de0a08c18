package io.aipanel.domain.iam;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** The part of an IP address that one person is likely to have alone. */
final class IpNetwork {

    /** Only literals reach {@link InetAddress#getByName}, so that no name is ever looked up. */
    private static final Pattern IPV6_LITERAL = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    private IpNetwork() {}

    static String of(String address) {
        String withoutZone = address.replaceFirst("%.*$", "");
        if (!IPV6_LITERAL.matcher(withoutZone).matches()) {
            return address.toLowerCase(Locale.ROOT);
        }
        try {
            InetAddress parsed = InetAddress.getByName(withoutZone);
            return parsed instanceof Inet6Address
                    ? HexFormat.ofDelimiter(":").formatHex(parsed.getAddress(), 0, 8) + "::/64"
                    : parsed.getHostAddress(); // an IPv4 address in IPv6 clothes
        } catch (UnknownHostException notAnAddress) {
            return address.toLowerCase(Locale.ROOT);
        }
    }
}
