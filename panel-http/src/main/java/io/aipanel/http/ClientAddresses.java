package io.aipanel.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Tells where a request comes from. What {@code X-Forwarded-For} says is believed as far as trusted proxies have written
 * it: read from its end, the first address that is not a trusted proxy's is the client's. Whatever stands before it the
 * client may have made up.
 */
final class ClientAddresses {

    private final List<IpRange> trusted;

    /**
     * @param trustedProxies addresses and networks
     * @throws io.aipanel.domain.InvalidValueException if one is neither
     */
    ClientAddresses(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream().map(IpRange::parse).toList();
    }

    /**
     * The client's address.
     *
     * @param peer the other end of the connection
     * @param forwardedFor every {@code X-Forwarded-For} of the request, in order
     */
    String of(String peer, List<String> forwardedFor) {
        Optional<InetAddress> address = IpRange.literal(peer);
        if (address.isEmpty()) {
            return peer;
        }
        InetAddress client = address.get();
        for (String hop : fromLast(forwardedFor)) {
            Optional<InetAddress> before = IpRange.literal(hop);
            if (!isTrusted(client) || before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return client.getHostAddress();
    }

    /**
     * Whether a request comes from this machine itself: the other end is here, and if a proxy speaks for somebody, then one
     * that is trusted, for somebody who is here, too. A proxy that nobody has named as trusted is noticed by what it adds.
     *
     * @param peer the other end of the connection
     * @param forwardedFor every {@code X-Forwarded-For} of the request, in order
     */
    boolean isLocal(String peer, List<String> forwardedFor) {
        boolean known = forwardedFor.isEmpty()
                || IpRange.literal(peer).filter(this::isTrusted).isPresent();
        return known && isLoopback(peer) && fromLast(forwardedFor).stream().allMatch(ClientAddresses::isLoopback);
    }

    private static boolean isLoopback(String address) {
        return IpRange.literal(address).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    private static List<String> fromLast(List<String> forwardedFor) {
        List<String> hops = new ArrayList<>();
        forwardedFor.forEach(header -> hops.addAll(List.of(header.split(","))));
        Collections.reverse(hops);
        return hops;
    }
}
