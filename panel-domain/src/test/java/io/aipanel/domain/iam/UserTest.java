package io.aipanel.domain.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTest {

    private static final Instant T0 = Instant.parse("2026-01-15T10:00:00.123456Z");
    private static final PasswordHash HASH = new PasswordHash("$argon2id$v=19$secret");

    private static User user(String displayName) {
        return new User(
                new UserId(UUID.randomUUID()),
                new EmailAddress("anna@example.com"),
                displayName,
                HASH,
                UserStatus.ACTIVE,
                new TreeSet<>(Set.of(Role.USER)),
                T0,
                Optional.empty(),
                3);
    }

    @Test
    void eachChangeLeavesTheRest() {
        User anna = user("Anna");

        assertThat(anna.withDisplayName("Other").withDisplayName("Anna")).isEqualTo(anna);
        assertThat(anna.withStatus(UserStatus.DISABLED).active()).isFalse();
        assertThat(anna.withStatus(UserStatus.DISABLED).withStatus(UserStatus.ACTIVE))
                .isEqualTo(anna);
        assertThat(anna.withRoles(Set.of(Role.ADMIN)).roles()).containsExactly(Role.ADMIN);
        assertThat(anna.withRoles(Set.of()).withRoles(anna.roles())).isEqualTo(anna);
        assertThat(anna.withPasswordHash(new PasswordHash("$argon2id$new")).withPasswordHash(HASH))
                .isEqualTo(anna);
    }

    @Test
    void rolesAreInOrderAndCannotBeChanged() {
        User anna = user("Anna").withRoles(Set.of(Role.USER, Role.ADMIN, Role.OPERATOR));

        assertThat(anna.roles()).containsExactly(Role.ADMIN, Role.OPERATOR, Role.USER);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> anna.roles().clear());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\0b"})
    void aNameThatCannotBeKeptIsRefused(String name) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> user(name))
                .satisfies(e -> assertThat(e.field()).isEqualTo("displayName"));
    }

    @Test
    void hashesAreNeverShown() {
        assertThat(user("Anna").toString()).doesNotContain("argon2id").doesNotContain("secret");
        assertThat(TokenHash.of(new Secret("token"))).hasToString("(token hash)");
    }

    @Test
    void onlyArgon2idHashesAreAccepted() {
        for (String hash : new String[] {"", "password", "$argon2i$x", "$2a$10$x", " $argon2id$x"}) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> new PasswordHash(hash))
                    .withMessage("passwordHash must be an Argon2id hash");
        }
    }

    @Test
    void aTokenIsHashedWithSha256() {
        assertThat(TokenHash.of(new Secret("abc")).value())
                .as("the example of FIPS 180-2, appendix B.1")
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new TokenHash("BA" + "0".repeat(62)));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new TokenHash("0".repeat(63)));
    }

    @Test
    void anIdIsReadAsItIsWritten() {
        UserId id = new UserId(UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91"));

        assertThat(UserId.parse(id.toString())).isEqualTo(id);
        assertThat(UserId.parse("0190163D-8694-739B-AEA5-966C26F8AD91")).isEqualTo(id);
        for (String text : new String[] {"", "1", "1-1-1-1-1", id + "0", "'" + id + "'"}) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> UserId.parse(text))
                    .satisfies(e -> assertThat(e.field()).isEqualTo("id"));
        }
    }

    @Test
    void aTokenCountsUntilItExpires() {
        ApiToken token = new ApiToken(
                new ApiTokenId(UUID.randomUUID()),
                new UserId(UUID.randomUUID()),
                "deploy",
                TokenHash.of(new Secret("token")),
                T0,
                Optional.of(T0.plusSeconds(10)),
                Optional.empty());
        ApiToken forEver = new ApiToken(
                token.id(), token.userId(), "deploy", token.tokenHash(), T0, Optional.empty(), Optional.of(T0));

        assertThat(token.isLive(T0.plusSeconds(10).minusNanos(1))).isTrue();
        assertThat(token.isLive(T0.plusSeconds(10))).isFalse();
        assertThat(forEver.isLive(Instant.MAX)).isTrue();
        assertThat(token.isLastUsedStale(T0)).as("it was never used").isTrue();
        assertThat(forEver.isLastUsedStale(T0.plus(Duration.ofSeconds(59)))).isFalse();
        assertThat(forEver.isLastUsedStale(T0.plus(Duration.ofSeconds(60)))).isTrue();
    }
}
