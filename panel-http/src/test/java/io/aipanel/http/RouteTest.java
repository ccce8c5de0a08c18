package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.aipanel.domain.iam.Permission;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouteTest {

    @Test
    void aRouteThatDoesNotSayWhoMayCallItIsNoRoute() {
        @Nullable Rule none = null;
        assertThatNullPointerException()
                .isThrownBy(() -> Route.api(Method.GET, "/secrets", "secret.list", none)
                        .answers(200)
                        .handledBy(call -> Reply.done()))
                .withMessageContaining("GET /api/v1/secrets must say who may call it");
    }

    @Test
    void aRuleThatNamesNoPermissionIsNoRule() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rule.AnyOf(Set.of()));
    }

    @Test
    void twoRoutesThatAnswerTheSameRequestAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RouteTable.requireDistinct(List.of(route("/a/{id}", "a.show"), route("/a/{name}", "a.find"))))
                .withMessageContaining("GET /a/{}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RouteTable.requireDistinct(List.of(route("/a", "a.show"), route("/b", "a.show"))))
                .withMessageContaining("a.show");
    }

    @Test
    void pathsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> route("a", "a.show"));
        assertThatIllegalArgumentException().isThrownBy(() -> route("/a/<id>", "a.show"));
    }

    @Test
    void aRuleTellsWhatItNeeds() {
        assertThat(Rule.anyOf(Permission.SITES_WRITE, Permission.SITES_OWN).needs())
                .isEqualTo("one of the permissions sites:write, sites:own");
        assertThat(Rule.anyOf(Permission.JOBS_READ).needs()).isEqualTo("the permission jobs:read");
    }

    private static Route route(String path, String action) {
        return Route.at(Method.GET, path, action, Rule.PUBLIC).answers(200).handledBy(call -> Reply.done());
    }
}
