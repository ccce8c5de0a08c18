package io.aipanel.ports.iam;

import static io.aipanel.ports.iam.IamSamples.T0;
import static io.aipanel.ports.iam.IamSamples.token;
import static io.aipanel.ports.iam.IamSamples.tokenHash;
import static io.aipanel.ports.iam.IamSamples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.ApiTokenId;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How API tokens are added, found, listed and ended. */
public interface ApiTokenContract extends StoreContract {

    @Test
    default void aTokenIsFoundByHashAndById() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            ApiToken plain = token(anna, "plain");
            ApiToken full = new ApiToken(
                    new ApiTokenId(UUID.randomUUID()),
                    anna.id(),
                    "full",
                    tokenHash(),
                    T0,
                    Optional.of(T0.plusSeconds(1)),
                    Optional.of(T0.plusSeconds(2)));
            iam.addToken(plain);
            iam.addToken(full);

            assertThat(iam.tokenByHash(plain.tokenHash()))
                    .as("a token is found by hash")
                    .contains(plain);
            assertThat(iam.token(full.id())).as("a token is found by id").contains(full);
        }
    }

    @Test
    default void anExpiredTokenIsStillFound() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            ApiToken longOver = new ApiToken(
                    new ApiTokenId(UUID.randomUUID()),
                    anna.id(),
                    "old",
                    tokenHash(),
                    T0,
                    Optional.of(Instant.parse("1999-12-31T23:59:59.999999Z")),
                    Optional.empty());
            iam.addToken(longOver);

            assertThat(iam.tokenByHash(longOver.tokenHash()))
                    .as("the store does not judge")
                    .contains(longOver);
        }
    }

    @Test
    default void anAbsentTokenIsAbsent() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            ApiToken never = token(user("anna@example.com"), "never");

            assertThat(iam.tokenByHash(never.tokenHash()))
                    .as("absence is empty")
                    .isEmpty();
            assertThat(iam.token(never.id())).as("absence is empty").isEmpty();
            assertThat(iam.removeToken(never.id())).as("absence is false").isFalse();
            assertThat(iam.tokens(never.userId(), PageRequest.first(1)).items())
                    .as("no user")
                    .isEmpty();
            iam.touchToken(never.id(), T0);
            assertThat(iam.token(never.id())).as("a touch adds nothing").isEmpty();
        }
    }

    @Test
    default void aUserGivesATokenNameOnce() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            User bert = iam.addUser(user("bert@example.com"));
            iam.addToken(token(anna, "deploy"));
            ApiToken second = token(anna, "deploy");

            Refusal.alreadyExists("name", "a user gives a token name once", () -> iam.addToken(second));
            assertThat(iam.token(second.id()))
                    .as("a refused token is not there")
                    .isEmpty();
            ApiToken ofBert = token(bert, "deploy");
            iam.addToken(ofBert);
            assertThat(iam.token(ofBert.id()))
                    .as("another user may use the name")
                    .contains(ofBert);
        }
    }

    @Test
    default void tokenNamesDifferByCaseAndComposition() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            List<ApiToken> tokens = Stream.of("Deploy", "deploy", "deploy ", "e\u0301", "\u00E9")
                    .map(name -> token(anna, name))
                    .toList();
            tokens.forEach(iam::addToken);

            assertThat(iam.tokens(anna.id(), PageRequest.first(9)).items())
                    .as("names are compared to the letter")
                    .containsExactlyElementsOf(tokens);
        }
    }

    @Test
    default void aTakenTokenHashOrIdIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            User bert = iam.addUser(user("bert@example.com"));
            ApiToken first = token(anna, "first");
            iam.addToken(first);

            Refusal.alreadyExists(
                    "tokenHash",
                    "a token belongs to one user",
                    () -> iam.addToken(token(new ApiTokenId(UUID.randomUUID()), bert, "second", first.tokenHash())));
            Refusal.alreadyExists(
                    "id", "a taken id is refused", () -> iam.addToken(token(first.id(), bert, "second", tokenHash())));
            assertThat(iam.tokenByHash(first.tokenHash()))
                    .as("a refusal changes nothing")
                    .contains(first);
        }
    }

    @Test
    default void aTokenOfNobodyIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();

            Refusal.brokenReference(
                    "a token belongs to a user", () -> iam.addToken(token(user("nobody@example.com"), "deploy")));
        }
    }

    @Test
    default void tokensComeInCodePointOrderOfTheirName() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            User bert = iam.addUser(user("bert@example.com"));
            List<ApiToken> expected = HostileTexts.IN_ORDER.stream()
                    .map(name -> token(anna, name))
                    .toList();
            List<ApiToken> shuffled = new ArrayList<>(expected);
            Random random = HostileTexts.random("tokensComeInCodePointOrderOfTheirName");
            Collections.shuffle(shuffled, random);
            shuffled.forEach(iam::addToken);
            iam.addToken(token(bert, "b"));

            assertThat(iam.tokens(anna.id(), PageRequest.first(1000)).items())
                    .as("tokens come in code point order of their name")
                    .extracting(ApiToken::name)
                    .containsExactlyElementsOf(HostileTexts.IN_ORDER);
            Paging.assertPages(expected, page -> iam.tokens(anna.id(), page));
        }
    }

    @Test
    default void tokensAddedOrEndedBetweenPagesNeitherRepeatNorLoseOthers() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            List<ApiToken> tokens = Stream.of("%", "_", "\uFF5E", "\uD83D\uDE00")
                    .map(name -> token(anna, name))
                    .toList();
            tokens.forEach(iam::addToken);
            Page<ApiToken> first = iam.tokens(anna.id(), PageRequest.first(2));

            iam.addToken(token(anna, "!"));
            ApiToken between = token(anna, "\uFFFD");
            iam.addToken(between);
            iam.removeToken(tokens.get(1).id());
            iam.removeToken(tokens.get(2).id());
            Page<ApiToken> second = iam.tokens(anna.id(), Paging.next(first, 2).orElseThrow());

            assertThat(second.items())
                    .as("changes between pages neither repeat nor lose others")
                    .containsExactly(between, tokens.get(3));
        }
    }

    @Test
    default void aCursorOfAnotherListOfTokensIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));

            Refusal.cursor(() -> iam.tokens(anna.id(), PageRequest.first(1).after(Cursor.of("17", "18"))));
        }
    }

    @Test
    default void theLastUseOfATokenNeverGoesBack() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            ApiToken token = token(iam.addUser(user("anna@example.com")), "deploy");
            iam.addToken(token);

            iam.touchToken(token.id(), T0.plusSeconds(60));
            iam.touchToken(token.id(), T0.plusSeconds(59));

            assertThat(iam.token(token.id()).orElseThrow().lastUsedAt())
                    .as("the last use never goes back")
                    .contains(T0.plusSeconds(60));
        }
    }

    @Test
    default void anEndedTokenIsGoneAndItsNameFree() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            ApiToken ended = token(anna, "deploy");
            iam.addToken(ended);

            assertThat(iam.removeToken(ended.id())).as("there was such a token").isTrue();

            assertThat(iam.tokenByHash(ended.tokenHash()))
                    .as("an ended token is gone")
                    .isEmpty();
            ApiToken next = token(anna, "deploy");
            iam.addToken(next);
            assertThat(iam.tokens(anna.id(), PageRequest.first(9)).items())
                    .as("its name is free again")
                    .containsExactly(next);
        }
    }
}
