package io.aipanel.app.iam;

import io.aipanel.app.cli.Choice;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.app.cli.Text;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How users are shown: as in the HTTP API, or as a table. */
final class UserView {

    private UserView() {}

    static Map<String, @Nullable Object> json(User user) {
        return JsonDocument.object(
                "id", user.id(),
                "email", user.email(),
                "displayName", user.displayName(),
                "status", Choice.word(user.status()),
                "roles", user.roles(),
                "createdAt", user.createdAt(),
                "lastLoginAt", user.lastLoginAt(),
                "version", user.version());
    }

    static Table table(List<User> users, Instant now) {
        Table table = new Table("EMAIL", "NAME", "ROLES", "STATUS", "LAST LOGIN", "ID");
        for (User user : users) {
            table.row(
                    user.email().value(),
                    user.displayName(),
                    user.roles().stream().map(RoleName::value).collect(Collectors.joining(",")),
                    Choice.word(user.status()),
                    Text.time(user.lastLoginAt(), now),
                    user.id().toString());
        }
        return table;
    }
}
