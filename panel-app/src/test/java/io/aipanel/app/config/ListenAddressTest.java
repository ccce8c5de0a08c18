package io.aipanel.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "localhost:0", "[::1]:65535", "0.0.0.0:80", "[fe80::1%eth0]:1"})
    void anAddressIsShownAsItWasGiven(String text) {
        assertThat(ListenAddress.parse(text)).map(ListenAddress::toString).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "8080", ":8080", "localhost", "localhost:", "::1:80", "localhost:65536", "a/b:80", "a b:80"})
    void anythingElseIsNoAddress(String text) {
        assertThat(ListenAddress.parse(text)).isEmpty();
    }
}
