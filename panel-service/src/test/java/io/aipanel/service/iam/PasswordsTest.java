package io.aipanel.service.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.PasswordHash;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test
    void aPasswordBelongsToItsOwnHashOnly() {
        PasswordHash hash = passwords.hash(new Secret("zażółć gęślą jaźń 🔑"));

        assertThat(passwords.matches(new Secret("zażółć gęślą jaźń 🔑"), Optional.of(hash)))
                .isTrue();
        assertThat(passwords.matches(new Secret("zażółć gęślą jaźń"), Optional.of(hash)))
                .isFalse();
        assertThat(passwords.matches(new Secret(""), Optional.of(hash))).isFalse();
    }

    @Test
    void onePasswordHasManyHashes() {
        assertThat(passwords.hash(new Secret("same same"))).isNotEqualTo(passwords.hash(new Secret("same same")));
    }

    @Test
    void whoDoesNotExistIsCheckedWithTheCostOfWhoDoes() {
        String parameters = passwords.hash(new Secret("whatever")).value().replaceFirst("(.*p=\\d+).*", "$1");

        assertThat(Passwords.NOBODY.value()).startsWith(parameters + "$");
        assertThat(passwords.matches(new Secret("whatever"), Optional.empty())).isFalse();
    }

    @Test
    void aHashDoesNotShowInALog() {
        assertThat(passwords.hash(new Secret("whatever")).toString()).isEqualTo("(password hash)");
    }
}
