package io.aipanel.ports.iam;

import static io.aipanel.ports.iam.IamSamples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.BrokenReference;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens when several callers change users at the same moment. */
public interface IamRaceContract extends StoreContract {

    @Test
    default void ofManyWhoTakeOneAddressOneGetsIt() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();

            List<Race.Outcome<User>> outcomes =
                    Race.of(8, i -> () -> iam.addUser(user("anna@example.com").withDisplayName("Anna " + i)));

            assertThat(outcomes)
                    .as("an address is unique under a race")
                    .filteredOn(outcome -> outcome.answer().isPresent())
                    .hasSize(1);
            assertThat(Race.failures(outcomes))
                    .as("who comes too late is told so")
                    .hasSize(7)
                    .allSatisfy(failure -> assertThat(failure).isInstanceOf(AlreadyExists.class));
            assertThat(iam.users(PageRequest.first(9)).items())
                    .as("one user was added")
                    .hasSize(1);
        }
    }

    @Test
    default void ofManyUpdatesOfOneVersionOneWins() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));

            List<Race.Outcome<User>> outcomes = Race.of(
                    8,
                    i -> () -> iam.updateUser(anna.withDisplayName("Anna " + i)).orElseThrow());

            assertThat(Race.failures(outcomes))
                    .as("a stale version loses under a race")
                    .hasSize(7)
                    .allSatisfy(failure -> assertThat(failure).isInstanceOf(StaleVersion.class));
            User winner = outcomes.stream()
                    .flatMap(outcome -> outcome.answer().stream())
                    .findFirst()
                    .orElseThrow();
            assertThat(iam.user(anna.id())).as("what the winner wrote stays").contains(winner);
        }
    }

    @Test
    default void theLastAdministratorStaysUnderARace() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            for (int round = 0; round < 5; round++) {
                String number = Integer.toString(round);
                List<User> admins = List.of(
                        iam.addUser(user("a" + number + "@example.com", Role.ADMIN)),
                        iam.addUser(user("b" + number + "@example.com", Role.ADMIN)),
                        iam.addUser(user("c" + number + "@example.com", Role.ADMIN)));

                Race.answers(Race.of(
                        3, i -> () -> harness.storage().write(tx -> disableUnlessLast(tx, admins.get(i)))));

                assertThat(iam.activeUsersWith(Role.ADMIN))
                        .as("who counts the administrators in a transaction counts alone")
                        .isEqualTo(1);
                admins.forEach(admin -> iam.removeUser(admin.id()));
            }
        }
    }

    private static boolean disableUnlessLast(PanelTransaction tx, User admin) {
        return tx.iam().activeUsersWith(Role.ADMIN) > 1
                && tx.iam().updateUser(admin.withStatus(UserStatus.DISABLED)).isPresent();
    }

    @Test
    default void ofManyTokensOfOneNameOneIsAdded() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));

            List<Race.Outcome<ApiToken>> outcomes = Race.of(8, i -> () -> {
                ApiToken token = IamSamples.token(anna, "deploy");
                iam.addToken(token);
                return token;
            });

            assertThat(Race.failures(outcomes))
                    .as("a token name is unique under a race")
                    .hasSize(7)
                    .allSatisfy(failure -> assertThat(failure).isInstanceOf(AlreadyExists.class));
        }
    }

    @Test
    default void aRoleIsGivenOrRemovedButNotBoth() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            for (int round = 0; round < 5; round++) {
                RoleName name = new RoleName("helpers-" + round);
                iam.addRole(new Role(name, "", Set.of(Permission.JOBS_READ)));
                User newcomer = user("user" + round + "@example.com", name);

                List<Race.Outcome<Boolean>> outcomes =
                        Race.between(List.of(() -> iam.addUser(newcomer).version() == 1, () -> iam.removeRole(name)));

                assertThat(Race.failures(outcomes))
                        .as("a role is given or removed, but not both")
                        .hasSize(1)
                        .allSatisfy(failure -> assertThat(failure).isInstanceOf(BrokenReference.class));
                assertThat(iam.user(newcomer.id()).isPresent())
                        .as("a user has only roles that exist")
                        .isEqualTo(iam.customRole(name).isPresent());
            }
        }
    }
}
