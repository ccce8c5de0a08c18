package io.aipanel.http.iam;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.User;
import io.aipanel.http.pages.Link;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.Panel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page that shows users. */
public final class UserPages {

    static final String PATH = "/users";

    private static final Rule SEE = Rule.anyOf(Permission.USERS_READ);
    private static final int SHOWN = 50;

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public UserPages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.at(Method.GET, PATH, "page.users", SEE)
                .summary("The page of users")
                .answers(200)
                .handledBy(this::list));
    }

    private Reply list(Call call) {
        PageRequest part = new PageRequest(SHOWN, call.query("cursor").map(Cursor::decode));
        Page<User> page = panel.users().list(call.actor(), part);
        Optional<String> next = page.next()
                .map(cursor -> new Link(PATH).with("cursor", cursor.encode()).toString());
        return shell.page(
                call,
                "iam/users",
                Map.of(
                        "users",
                        page.items(),
                        "next",
                        next,
                        "mayChange",
                        call.actor().may(Permission.USERS_WRITE)));
    }
}
