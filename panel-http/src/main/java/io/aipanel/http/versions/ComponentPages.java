package io.aipanel.http.versions;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentChange;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Pin;
import io.aipanel.domain.versions.UpdatePolicy;
import io.aipanel.http.pages.Field;
import io.aipanel.http.pages.Form;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.pages.Words;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages about the host's components. */
public final class ComponentPages {

    private static final Rule SEE = Rule.anyOf(Permission.COMPONENTS_READ);
    private static final Rule CHANGE = Rule.anyOf(Permission.COMPONENTS_WRITE);
    private static final int CHANGES_ON_A_PAGE = 25;
    private static final String POLICY = "policy";
    private static final String EXPIRES_AT = "expiresAt";

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public ComponentPages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.at(Method.GET, "/components", "page.components", SEE)
                        .summary("All components")
                        .answers(200)
                        .handledBy(this::list),
                Route.at(Method.POST, "/components", "page.components.refresh", CHANGE)
                        .summary("Look at the host anew")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::refresh),
                Route.at(Method.GET, "/components/{name}", "page.component", SEE)
                        .summary("One component and its history")
                        .answers(200)
                        .handledBy(call -> show(call, 200, Optional.empty())),
                Route.at(Method.POST, "/components/{name}/policy", "page.component.set-policy", CHANGE)
                        .summary("Decide what is to happen when a component could be newer")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::setPolicy),
                Route.at(Method.POST, "/components/{name}/pin", "page.component.pin", CHANGE)
                        .summary("Hold a component at a version")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::pin),
                Route.at(Method.POST, "/components/{name}/unpin", "page.component.unpin", CHANGE)
                        .summary("Hold a component no longer")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::unpin));
    }

    private Reply list(Call call) {
        List<ComponentPage> components =
                panel.components().list(call.actor()).stream().map(this::page).toList();
        return shell.page(
                call,
                "versions/list",
                Map.of("components", components, "mayChange", call.actor().may(Permission.COMPONENTS_WRITE)));
    }

    private Reply refresh(Call call) {
        return Shell.press(call, "/components", () -> {
            int number = panel.components().refresh(call.actor()).size();
            return Shell.done("/components", "notice.components-refreshed", number);
        });
    }

    /** With the form for the pin as it was sent, if it was. */
    private Reply show(Call call, int status, Optional<Form> sentPin) {
        ComponentPage component = component(call);
        PageRequest wanted =
                new PageRequest(CHANGES_ON_A_PAGE, call.query("cursor").map(Cursor::decode));
        Page<ComponentChange> history = panel.components().history(call.actor(), name(call), wanted);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("component", component);
        parameters.put("history", history.items());
        parameters.put("next", history.next().map(cursor -> component.path() + "?cursor=" + cursor.encode()));
        parameters.put("mayChange", call.actor().may(Permission.COMPONENTS_WRITE));
        parameters.put("policy", policyForm(call, component));
        parameters.put("pin", sentPin.orElseGet(() -> pinForm(call, component)));
        return shell.page(call, status, "versions/show", parameters);
    }

    private Reply setPolicy(Call call) {
        ComponentName name = name(call);
        return Shell.press(call, "/components/" + name, () -> {
            UpdatePolicy policy = call.body().value(POLICY, text -> WireNames.parse(POLICY, UpdatePolicy.class, text));
            panel.components().setPolicy(call.actor(), name, policy);
            return Shell.done("/components/" + name, "notice.component-policy", name);
        });
    }

    private Reply pin(Call call) {
        ComponentName name = name(call);
        Form form = pinForm(call, component(call));
        return Shell.attempt(call.body(), form, (status, sent) -> show(call, status, Optional.of(sent)), () -> {
            Body body = call.body();
            ZoneId zone = shell.times(call).zone();
            Optional<Instant> expiresAt = body.optionalText(EXPIRES_AT)
                    .filter(text -> !text.isBlank())
                    .map(text -> time(text, zone));
            Pin pin = new Pin(
                    body.text("version").strip(), body.optionalText("reason").orElse(""), expiresAt);
            panel.components().pin(call.actor(), name, pin);
            return Shell.done("/components/" + name, "notice.component-pinned", name, pin.version());
        });
    }

    private Reply unpin(Call call) {
        ComponentName name = name(call);
        return Shell.press(call, "/components/" + name, () -> {
            panel.components().unpin(call.actor(), name);
            return Shell.done("/components/" + name, "notice.component-unpinned", name);
        });
    }

    private Form policyForm(Call call, ComponentPage component) {
        Words words = shell.words(call);
        List<Field.Option> policies = WireNames.all(UpdatePolicy.class).stream()
                .map(policy -> new Field.Option(policy, words.of("component.policy." + policy)))
                .toList();
        return Form.of(
                component.path() + "/policy",
                words.of("component.set-policy"),
                Field.select(POLICY, words.of("component.policy"), policies).filled(component.policy()));
    }

    private Form pinForm(Call call, ComponentPage component) {
        Words words = shell.words(call);
        Field version = Field.text("version", words.of("component.version"), words.of("component.version-hint"));
        Field expiresAt = Field.of(
                EXPIRES_AT,
                words.of("component.pin-until"),
                "datetime-local",
                "off",
                words.of("component.pin-until-hint", shell.times(call).zone().getId()));
        return Form.of(
                component.path() + "/pin",
                words.of("component.set-pin"),
                component.installed().map(version::filled).orElse(version),
                Field.text("reason", words.of("component.reason"), ""),
                expiresAt);
    }

    private static Instant time(String text, ZoneId zone) {
        try {
            return LocalDateTime.parse(text.strip()).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidValueException(EXPIRES_AT, "must be a day and a time such as 2026-12-31T18:00");
        }
    }

    private ComponentPage component(Call call) {
        ComponentName name = name(call);
        return panel.components()
                .find(call.actor(), name)
                .map(this::page)
                .orElseThrow(() -> new NotFound("component " + name));
    }

    private ComponentPage page(Component component) {
        return ComponentPage.of(component, panel.components().status(component));
    }

    private static ComponentName name(Call call) {
        return call.id("name", "component", ComponentName::new);
    }
}
