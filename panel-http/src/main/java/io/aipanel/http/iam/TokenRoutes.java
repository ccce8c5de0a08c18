package io.aipanel.http.iam;

import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.ApiTokenId;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.NewApiToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One's own API tokens. */
public final class TokenRoutes {

    private static final Schema NEW_TOKEN = Schema.object("NewToken")
            .required("name", Schema.text(), "What it is for; unique among one's own")
            .nullable("expiresAt", Schema.time(), "When it ends; null for never")
            .build();

    private final Panel panel;

    /** @param panel what is served */
    public TokenRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.api(Method.GET, "/tokens", "token.list", Rule.SIGNED_IN)
                        .summary("One's own API tokens by name")
                        .paged()
                        .answers(200, ViewSchemas.listing(TokenView.class))
                        .handledBy(this::list),
                Route.api(Method.POST, "/tokens", "token.add", Rule.SIGNED_IN)
                        .summary("Make an API token; the answer is the only one that shows it")
                        .takes(NEW_TOKEN)
                        .answers(201, ViewSchemas.of(AddedTokenView.class))
                        .handledBy(this::add),
                Route.api(Method.DELETE, "/tokens/{id}", "token.remove", Rule.SIGNED_IN)
                        .summary("End an API token: one's own, or with users:write anybody's")
                        .answers(204)
                        .handledBy(this::remove));
    }

    private Reply list(Call call) {
        return Reply.ok(Listing.of(panel.apiTokens().list(call.actor(), call.page()), TokenView::of));
    }

    private Reply add(Call call) {
        NewApiToken added = panel.apiTokens()
                .add(call.actor(), call.body().text("name"), call.body().optional("expiresAt", Fields::time));
        ApiToken token = added.token();
        return Reply.created(
                "/api/v1/tokens/" + token.id(),
                new AddedTokenView(
                        token.id().toString(),
                        token.name(),
                        token.createdAt(),
                        token.expiresAt().orElse(null),
                        added.secret().reveal()));
    }

    private Reply remove(Call call) {
        panel.apiTokens().remove(call.actor(), call.id("id", "token", ApiTokenId::parse));
        return Reply.done();
    }

    record TokenView(
            String id,
            String name,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {

        static TokenView of(ApiToken token) {
            return new TokenView(
                    token.id().toString(),
                    token.name(),
                    token.createdAt(),
                    token.expiresAt().orElse(null),
                    token.lastUsedAt().orElse(null));
        }
    }

    record AddedTokenView(
            String id,
            String name,
            Instant createdAt,
            @Nullable Instant expiresAt,
            String secret) {

        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "AddedTokenView[" + id + "]";
        }
    }
}
