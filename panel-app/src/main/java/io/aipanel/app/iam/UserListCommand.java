package io.aipanel.app.iam;

import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Paging;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.User;
import io.aipanel.service.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "list", description = "List every user, by address.")
final class UserListCommand implements Callable<Integer> {

    private final Invocation invocation;

    UserListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> Paging.answer(
                new Page<>(everybody(panel), Optional.empty()),
                UserView::json,
                users -> UserView.table(users, invocation.now()),
                "There are no users yet: panel user add EMAIL --role admin"));
    }

    private List<User> everybody(Panel panel) {
        List<User> users = new ArrayList<>();
        Optional<PageRequest> next = Optional.of(PageRequest.first(PageRequest.MAX_LIMIT));
        while (next.isPresent()) {
            PageRequest request = next.get();
            Page<User> page = panel.users().list(invocation.actor(), request);
            users.addAll(page.items());
            next = page.next().map(request::after);
        }
        return users;
    }
}
