package io.aipanel.http.settings;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.settings.SettingKey;
import io.aipanel.domain.settings.SettingName;
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
import io.aipanel.service.settings.SettingView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings. The value of a secret one never comes back. */
public final class SettingRoutes {

    private static final Rule SEE = Rule.anyOf(Permission.SETTINGS_READ);
    private static final Rule CHANGE = Rule.anyOf(Permission.SETTINGS_WRITE);

    private static final Schema NEW_VALUE = Schema.object("SettingValue")
            .required("value", Schema.scalar(), "The value, in the type of the setting or as text")
            .build();

    private final Panel panel;

    /** @param panel what is served */
    public SettingRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        Schema setting = ViewSchemas.of(ShownSettingView.class);
        return List.of(
                Route.api(Method.GET, "/settings", "setting.list", SEE)
                        .summary("Every setting there is, by name")
                        .paged()
                        .answers(200, ViewSchemas.listing(ShownSettingView.class))
                        .handledBy(this::list),
                Route.api(Method.GET, "/settings/{key}", "setting.show", SEE)
                        .summary("A setting")
                        .answers(200, setting)
                        .handledBy(this::show),
                Route.api(Method.PUT, "/settings/{key}", "setting.set", CHANGE)
                        .summary("Set a setting")
                        .takes(NEW_VALUE)
                        .answers(200, setting)
                        .handledBy(this::set),
                Route.api(Method.DELETE, "/settings/{key}", "setting.reset", CHANGE)
                        .summary("Take a setting back to its default")
                        .answers(204)
                        .handledBy(this::reset));
    }

    private Reply list(Call call) {
        List<SettingView> all = panel.settings().list(call.actor());
        return Reply.ok(Listing.of(
                Listing.part(all, call.page(), setting -> setting.key().name().value()), ShownSettingView::of));
    }

    private Reply show(Call call) {
        return Reply.ok(ShownSettingView.of(panel.settings().show(call.actor(), name(call))));
    }

    private Reply set(Call call) {
        SettingView set = Fields.parse(
                "value", call.body().scalar("value"), text -> panel.settings().set(call.actor(), name(call), text));
        return Reply.ok(ShownSettingView.of(set));
    }

    private Reply reset(Call call) {
        panel.settings().reset(call.actor(), name(call));
        return Reply.done();
    }

    private static SettingName name(Call call) {
        return call.id("key", "setting", SettingName::new);
    }

    /**
     * A setting as the outside sees it.
     *
     * @param value in the type of the setting: true or false, a whole number, else a text; null if it is secret
     */
    record ShownSettingView(
            String key,
            String type,
            @Nullable Object value,
            String defaultValue,
            boolean isSet,
            boolean secret,
            String description,
            @Nullable Instant updatedAt) {

        static ShownSettingView of(SettingView setting) {
            SettingKey<?> key = setting.key();
            return new ShownSettingView(
                    key.name().value(),
                    key.type().name(),
                    setting.value().map(text -> typed(key, text)).orElse(null),
                    key.defaultText(),
                    setting.isSet(),
                    key.secret(),
                    key.description(),
                    setting.updatedAt().orElse(null));
        }

        private static Object typed(SettingKey<?> key, String text) {
            return switch (key.type().name()) {
                case "boolean" -> Boolean.valueOf(text);
                case "integer" -> Long.valueOf(text);
                default -> text;
            };
        }
    }
}
