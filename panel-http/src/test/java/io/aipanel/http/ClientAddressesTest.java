package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressesTest {

    private final ClientAddresses addresses = new ClientAddresses(List.of("127.0.0.1", "10.0.0.0/8", "2001:db8::/33"));

    @Test
    void aStrangerIsNotBelieved() {
        assertThat(addresses.of("192.0.2.1", List.of("203.0.113.9"))).isEqualTo("192.0.2.1");
        assertThat(new ClientAddresses(List.of()).of("127.0.0.1", List.of("203.0.113.9")))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void aTrustedProxyIsBelievedAsFarAsItKnows() {
        assertThat(addresses.of("127.0.0.1", List.of("203.0.113.9"))).isEqualTo("203.0.113.9");
        assertThat(addresses.of("127.0.0.1", List.of("6.6.6.6, 203.0.113.9, 10.1.2.3")))
                .isEqualTo("203.0.113.9");
        assertThat(addresses.of("127.0.0.1", List.of("6.6.6.6", "203.0.113.9 , 10.1.2.3")))
                .isEqualTo("203.0.113.9");
        assertThat(addresses.of("127.0.0.1", List.of("10.9.9.9, 10.1.2.3"))).isEqualTo("10.9.9.9");
    }

    @Test
    void whatIsNoAddressEndsTheBelief() {
        assertThat(addresses.of("127.0.0.1", List.of("203.0.113.9, unknown"))).isEqualTo("127.0.0.1");
        assertThat(addresses.of("127.0.0.1", List.of("localhost"))).isEqualTo("127.0.0.1");
        assertThat(addresses.of("127.0.0.1", List.of(""))).isEqualTo("127.0.0.1");
        assertThat(addresses.of("127.0.0.1", List.of())).isEqualTo("127.0.0.1");
    }

    @Test
    void bothVersionsOfTheProtocolAreUnderstood() {
        assertThat(addresses.of("[2001:db8:0:0::1]", List.of("2001:db8:8000::1")))
                .isEqualTo("2001:db8:8000:0:0:0:0:1");
        assertThat(addresses.of("::ffff:127.0.0.1", List.of("203.0.113.9"))).isEqualTo("203.0.113.9");
        assertThat(addresses.of("2001:db8:8000::1", List.of("203.0.113.9"))).isEqualTo("2001:db8:8000:0:0:0:0:1");
    }

    @Test
    void onlyAChainThatNeverLeavesTheMachineIsLocal() {
        ClientAddresses trusting = new ClientAddresses(List.of("127.0.0.1", "10.0.0.5"));
        assertThat(trusting.isLocal("127.0.0.1", List.of())).isTrue();
        assertThat(trusting.isLocal("0:0:0:0:0:0:0:1", List.of())).isTrue();
        assertThat(trusting.isLocal("127.0.0.1", List.of("127.0.0.1"))).isTrue();
        assertThat(trusting.isLocal("127.0.0.1", List.of("203.0.113.9"))).isFalse();
        assertThat(trusting.isLocal("127.0.0.1", List.of("127.0.0.1, 203.0.113.9")))
                .isFalse();
        assertThat(trusting.isLocal("127.0.0.1", List.of("203.0.113.9, unknown")))
                .isFalse();
        assertThat(trusting.isLocal("10.0.0.5", List.of("127.0.0.1")))
                .as("the proxy's machine, not this one")
                .isFalse();
        assertThat(trusting.isLocal("203.0.113.9", List.of())).isFalse();
        ClientAddresses wary = new ClientAddresses(List.of());
        assertThat(wary.isLocal("127.0.0.1", List.of("127.0.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "999.1.1.1", "", "::1/129", "/8"})
    void whatIsNeitherAddressNorNetworkIsRefused(String text) {
        assertThatThrownBy(() -> new ClientAddresses(List.of(text)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("http.trusted-proxies");
    }
}
