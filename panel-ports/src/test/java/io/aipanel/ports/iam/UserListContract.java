package io.aipanel.ports.iam;

import static io.aipanel.ports.iam.IamSamples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Text;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the list of users is ordered and paged. */
public interface UserListContract extends StoreContract {

    @Test
    default void usersComeInCodePointOrderOfTheirAddress() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            List<User> added = new ArrayList<>(Stream.of(
                            "zoe",
                            "anna",
                            "\u00E9milie",
                            "e-mil",
                            "emil",
                            "e_mil",
                            "e%il",
                            "e'il",
                            "\uFF5Etilde",
                            "\uD83D\uDE00",
                            "\u05E9\u05DC\u05D5\u05DD",
                            "10",
                            "2",
                            "\u00DF",
                            "anna.b",
                            "anna+b")
                    .map(name -> iam.addUser(user(name + "@example.com")))
                    .toList());
            added.sort(Comparator.comparing(each -> each.email().value(), Text.BY_CODE_POINT));

            assertThat(iam.users(PageRequest.first(100)).items())
                    .as("users come in code point order of their address")
                    .containsExactlyElementsOf(added);
        }
    }

    @Test
    default void pagesOfUsersGiveEachOnceWithAllRoles() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            List<User> added = Stream.of("a", "b", "c", "\uFF5E", "\uD83D\uDE00")
                    .map(name -> iam.addUser(user(name + "@example.com", Role.ADMIN, Role.USER, Role.AUDITOR)))
                    .toList();

            Paging.assertPages(added, iam::users);
        }
    }

    @Test
    default void aListWithoutUsersIsOneEmptyPage() {
        try (StorageHarness harness = fresh()) {
            Page<User> page = harness.storage().iam().users(PageRequest.first(10));

            assertThat(page.items()).as("there are no users").isEmpty();
            assertThat(page.next()).as("an empty page is the last").isEmpty();
        }
    }

    @Test
    default void changesBetweenPagesNeitherRepeatNorLoseOthers() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            List<User> users = Stream.of("b", "d", "f", "h")
                    .map(name -> iam.addUser(user(name + "@example.com")))
                    .toList();
            Page<User> first = iam.users(PageRequest.first(2));

            iam.addUser(user("a@example.com"));
            User between = iam.addUser(user("e@example.com"));
            iam.removeUser(users.get(1).id());
            iam.removeUser(users.get(2).id());
            Page<User> second = iam.users(Paging.next(first, 2).orElseThrow());

            assertThat(second.items())
                    .as("changes between pages neither repeat nor lose others")
                    .containsExactly(between, users.get(3));
        }
    }

    @Test
    default void aCursorOfAnotherListOfUsersIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();

            Refusal.cursor(() -> iam.users(PageRequest.first(1).after(Cursor.of("17"))));
            Refusal.cursor(() -> iam.users(PageRequest.first(1).after(Cursor.of("a@example.com", "17"))));
        }
    }
}
