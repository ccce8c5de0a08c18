package io.aipanel.service.versions;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentChange;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.ComponentStatus;
import io.aipanel.domain.versions.Finding;
import io.aipanel.domain.versions.Pin;
import io.aipanel.domain.versions.UpdatePolicy;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.versions.ComponentInventory;
import io.aipanel.ports.versions.VersionRepository;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.settings.PanelSettings;
import io.aipanel.service.settings.SettingValues;
import io.aipanel.service.storage.Change;
import io.aipanel.service.storage.Changes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Keeps track of the host's components. Safe for use by many threads. */
public final class Components {

    private final VersionRepository versions;
    private final ComponentInventory inventory;
    private final Changes changes;
    private final Access access;
    private final SettingValues settings;
    private final InstantSource clock;

    /** For {@link io.aipanel.service.Panel}. */
    public Components(
            Storage storage,
            ComponentInventory inventory,
            Changes changes,
            Access access,
            SettingValues settings,
            InstantSource clock) {
        this.versions = storage.versions();
        this.inventory = inventory;
        this.changes = changes;
        this.access = access;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Every component by name.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#COMPONENTS_READ}
     */
    public List<Component> list(Actor actor) {
        access.require(actor, Permission.COMPONENTS_READ, "component.list");
        return versions.components();
    }

    /**
     * The component with a name.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#COMPONENTS_READ}
     */
    public Optional<Component> find(Actor actor, ComponentName name) {
        access.require(actor, Permission.COMPONENTS_READ, "component.show");
        return versions.component(name);
    }

    /**
     * The history of a component, newest first.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#COMPONENTS_READ}
     */
    public Page<ComponentChange> history(Actor actor, ComponentName name, PageRequest page) {
        access.require(actor, Permission.COMPONENTS_READ, "component.history");
        return versions.changes(name, page);
    }

    /** How a component stands now. */
    public ComponentStatus status(Component component) {
        return component.status(clock.instant());
    }

    /**
     * Looks at the host for the components that the setting {@code versions.components} names, and for those that are
     * known already. All that is found becomes visible at once and is one event.
     *
     * @return every component after the look, by name
     * @throws ComponentInventory.InventoryFailed if the host's own tools fail; that is recorded, and nothing is changed
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#COMPONENTS_WRITE}
     */
    public List<Component> refresh(Actor actor) {
        access.require(actor, Permission.COMPONENTS_WRITE, "component.refresh");
        Map<ComponentName, Finding> findings = look(actor);
        changes.make(actor, change -> {
            List<Map<String, ?>> differences = new ArrayList<>();
            findings.forEach((name, finding) -> note(change, name, finding).ifPresent(differences::add));
            change.record(
                    "component.refresh",
                    "components",
                    Details.of("checked", findings.size()).and("changes", differences));
            return null;
        });
        return versions.components();
    }

    /**
     * Decides what is to happen when a component could be newer.
     *
     * @return the component as changed
     * @throws NotFound if there is no such component
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#COMPONENTS_WRITE}
     */
    public Component setPolicy(Actor actor, ComponentName name, UpdatePolicy policy) {
        Details details = Details.of("policy", policy.name().toLowerCase(Locale.ROOT));
        return change(actor, name, "component.set-policy", details, component -> component.withPolicy(policy));
    }

    /**
     * Holds a component at a version.
     *
     * @return the component as changed
     * @throws NotFound if there is no such component
     * @throws InvalidValueException if the pin has expired already
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#COMPONENTS_WRITE}
     */
    public Component pin(Actor actor, ComponentName name, Pin pin) {
        if (!pin.isActive(clock.instant())) {
            throw new InvalidValueException("expiresAt", "must lie in the future");
        }
        Details details = Details.of("version", pin.version())
                .and("reason", pin.reason())
                .and("expiresAt", pin.expiresAt().map(Instant::toString));
        return change(actor, name, "component.pin", details, component -> component.withPin(Optional.of(pin)));
    }

    /**
     * Removes a component's pin.
     *
     * @return the component as changed
     * @throws NotFound if there is no such component
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#COMPONENTS_WRITE}
     */
    public Component unpin(Actor actor, ComponentName name) {
        return change(actor, name, "component.unpin", Details.none(), component -> component.withPin(Optional.empty()));
    }

    private Component change(
            Actor actor, ComponentName name, String action, Details details, UnaryOperator<Component> how) {
        access.require(actor, Permission.COMPONENTS_WRITE, action);
        return changes.<Component>make(actor, change -> {
            Component before = change.versions().component(name).orElseThrow(() -> new NotFound("component " + name));
            Component after = how.apply(before);
            if (!after.equals(before)) {
                change.versions().save(after);
                change.record(action, "component:" + name, details);
            }
            return after;
        });
    }

    private Map<ComponentName, Finding> look(Actor actor) {
        List<String> patterns = settings.value(PanelSettings.COMPONENTS);
        Map<ComponentName, Finding> findings = new TreeMap<>();
        List<String> wanted = new ArrayList<>(patterns);
        for (Component known : versions.components()) {
            findings.put(known.name(), Finding.NOTHING);
            wanted.add(known.name().value());
        }
        patterns.stream()
                .filter(pattern -> !pattern.contains("*"))
                .forEach(name -> findings.put(new ComponentName(name), Finding.NOTHING));
        try {
            findings.putAll(inventory.look(wanted.stream().distinct().toList()));
        } catch (ComponentInventory.InventoryFailed e) {
            changes.make(actor, change -> {
                change.record(
                        "component.refresh",
                        "components",
                        AuditOutcome.FAILURE,
                        Details.of("reason", String.valueOf(e.getMessage())));
                return null;
            });
            throw e;
        }
        return findings;
    }

    private static Optional<Map<String, ?>> note(Change change, ComponentName name, Finding finding) {
        Component before = change.versions().component(name).orElseGet(() -> Component.unchecked(name));
        change.versions().save(before.checked(finding, change.now()));
        if (finding.equals(before.finding())) {
            return Optional.empty();
        }
        change.versions().addChange(name, change.now(), finding);
        return Optional.of(Details.of("component", name.value())
                .and("installedBefore", before.finding().installed())
                .and("installed", finding.installed())
                .and("candidate", finding.candidate())
                .toMap());
    }
}
