package io.aipanel.http.settings;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.http.pages.Field;
import io.aipanel.http.pages.Form;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.pages.Words;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.Panel;
import java.util.List;
import java.util.Map;

/** The pages about settings. The value of a secret one is never shown. */
public final class SettingPages {

    private static final Rule SEE = Rule.anyOf(Permission.SETTINGS_READ);
    private static final Rule CHANGE = Rule.anyOf(Permission.SETTINGS_WRITE);
    private static final String VALUE = "value";

    /** Named so that it is neither shown again nor kept while somebody logs in anew. */
    private static final String SECRET_VALUE = "password";

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public SettingPages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.at(Method.GET, "/settings", "page.settings", SEE)
                        .summary("All settings")
                        .answers(200)
                        .handledBy(this::list),
                Route.at(Method.GET, "/settings/{key}", "page.setting", SEE)
                        .summary("One setting")
                        .answers(200)
                        .handledBy(call -> show(call, 200, form(call, setting(call)))),
                Route.at(Method.POST, "/settings/{key}", "page.setting.set", CHANGE)
                        .summary("Set a setting")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::set),
                Route.at(Method.POST, "/settings/{key}/reset", "page.setting.reset", CHANGE)
                        .summary("Take a setting back to its default")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::reset));
    }

    private Reply list(Call call) {
        Words words = shell.words(call);
        List<SettingPage> settings = panel.settings().list(call.actor()).stream()
                .map(setting -> SettingPage.of(setting, words))
                .toList();
        return shell.page(call, "settings/list", Map.of("settings", settings));
    }

    private Reply show(Call call, int status, Form form) {
        return shell.page(
                call,
                status,
                "settings/show",
                Map.of(
                        "setting",
                        setting(call),
                        "form",
                        form,
                        "mayChange",
                        call.actor().may(Permission.SETTINGS_WRITE)));
    }

    private Reply set(Call call) {
        SettingPage setting = setting(call);
        String field = setting.isSecret() ? SECRET_VALUE : VALUE;
        return Shell.attempt(call.body(), form(call, setting), (status, form) -> show(call, status, form), () -> {
            Fields.parse(
                    field, call.body().text(field), text -> panel.settings().set(call.actor(), name(call), text));
            return Shell.done("/settings", "notice.setting-set", setting.name());
        });
    }

    private Reply reset(Call call) {
        SettingName name = name(call);
        return Shell.press(call, "/settings/" + name, () -> {
            panel.settings().reset(call.actor(), name);
            return Shell.done("/settings", "notice.setting-reset", name);
        });
    }

    private Form form(Call call, SettingPage setting) {
        Words words = shell.words(call);
        return Form.of(setting.path(), words.of("setting.set"), field(setting, words));
    }

    private static Field field(SettingPage setting, Words words) {
        String label = words.of("setting.value");
        if (setting.isSecret()) {
            return Field.of(SECRET_VALUE, label, "password", "off", words.of("setting.secret-hint"));
        }
        Field field = switch (setting.type()) {
            case "boolean" ->
                Field.select(
                        VALUE, label, List.of(new Field.Option("true", "true"), new Field.Option("false", "false")));
            case "list" -> Field.textarea(VALUE, label, words.of("setting.list-hint"));
            case "duration" -> Field.text(VALUE, label, words.of("setting.duration-hint"));
            default -> Field.text(VALUE, label, "");
        };
        return setting.value().map(field::filled).orElse(field);
    }

    private SettingPage setting(Call call) {
        return SettingPage.of(panel.settings().show(call.actor(), name(call)), shell.words(call));
    }

    private static SettingName name(Call call) {
        return call.id("key", "setting", SettingName::new);
    }
}
