package io.aipanel.http.versions;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Pin;
import io.aipanel.domain.versions.UpdatePolicy;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import java.util.List;

/** Components. */
public final class ComponentRoutes {

    private static final Rule SEE = Rule.anyOf(Permission.COMPONENTS_READ);
    private static final Rule CHANGE = Rule.anyOf(Permission.COMPONENTS_WRITE);

    private static final Schema POLICY = Schema.object("ComponentPolicy")
            .required("policy", Schema.nameOf(UpdatePolicy.class), "What is to happen when it could be newer")
            .build();

    private static final Schema PIN = Schema.object("NewPin")
            .required("version", Schema.text(), "The version to hold")
            .optional("reason", Schema.text(), "Why")
            .nullable("expiresAt", Schema.time(), "Until when; null for as long as nobody removes the pin")
            .build();

    private final Panel panel;

    /** @param panel what is served */
    public ComponentRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        Schema component = ViewSchemas.of(ComponentView.class);
        return List.of(
                Route.api(Method.GET, "/components", "component.list", SEE)
                        .summary("Components by name")
                        .paged()
                        .answers(200, ViewSchemas.listing(ComponentView.class))
                        .handledBy(this::list),
                Route.api(Method.POST, "/components/refresh", "component.refresh", CHANGE)
                        .summary("Look at the host anew; the answer has every component")
                        .answers(200, ViewSchemas.listing(ComponentView.class))
                        .handledBy(this::refresh),
                Route.api(Method.GET, "/components/{name}", "component.show", SEE)
                        .summary("A component, and a page of its history, newest first")
                        .paged()
                        .answers(200, ViewSchemas.of(ComponentWithHistoryView.class))
                        .handledBy(this::show),
                Route.api(Method.PUT, "/components/{name}/policy", "component.set-policy", CHANGE)
                        .summary("Decide what is to happen when a component could be newer")
                        .takes(POLICY)
                        .answers(200, component)
                        .handledBy(this::setPolicy),
                Route.api(Method.PUT, "/components/{name}/pin", "component.pin", CHANGE)
                        .summary("Hold a component at a version")
                        .takes(PIN)
                        .answers(200, component)
                        .handledBy(this::pin),
                Route.api(Method.DELETE, "/components/{name}/pin", "component.unpin", CHANGE)
                        .summary("Hold a component no longer")
                        .answers(204)
                        .handledBy(this::unpin));
    }

    private Reply list(Call call) {
        List<Component> all = panel.components().list(call.actor());
        return Reply.ok(Listing.of(
                Listing.part(all, call.page(), component -> component.name().value()), this::view));
    }

    private Reply refresh(Call call) {
        return Reply.all(panel.components().refresh(call.actor()).stream()
                .map(this::view)
                .toList());
    }

    private Reply show(Call call) {
        ComponentName name = name(call);
        Component component =
                panel.components().find(call.actor(), name).orElseThrow(() -> new NotFound("component " + name));
        return Reply.ok(ComponentWithHistoryView.of(
                view(component), panel.components().history(call.actor(), name, call.page())));
    }

    private Reply setPolicy(Call call) {
        UpdatePolicy policy = call.body().value("policy", name -> WireNames.parse("policy", UpdatePolicy.class, name));
        return Reply.ok(view(panel.components().setPolicy(call.actor(), name(call), policy)));
    }

    private Reply pin(Call call) {
        Body body = call.body();
        Pin pin = new Pin(
                body.text("version"), body.optionalText("reason").orElse(""), body.optional("expiresAt", Fields::time));
        return Reply.ok(view(panel.components().pin(call.actor(), name(call), pin)));
    }

    private Reply unpin(Call call) {
        panel.components().unpin(call.actor(), name(call));
        return Reply.done();
    }

    private static ComponentName name(Call call) {
        return call.id("name", "component", ComponentName::new);
    }

    private ComponentView view(Component component) {
        return ComponentView.of(component, panel.components().status(component));
    }
}
