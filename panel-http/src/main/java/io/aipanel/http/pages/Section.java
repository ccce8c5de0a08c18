package io.aipanel.http.pages;

import io.aipanel.domain.iam.Permission;
import io.aipanel.http.web.Rule;
import io.aipanel.service.iam.Actor;
import java.util.List;

/**
 * A part of the panel that the navigation leads to.
 *
 * @param path where it begins
 * @param key its words
 * @param shortcut what is pressed after {@code g} to go there
 * @param rule who may
 */
public record Section(String path, String key, String shortcut, Rule rule) {

    private static final List<Section> ALL = List.of(
            new Section("/", "nav.home", "h", Rule.SIGNED_IN),
            new Section(
                    "/sites",
                    "nav.sites",
                    "s",
                    Rule.anyOf(Permission.SITES_READ, Permission.SITES_WRITE, Permission.SITES_OWN)),
            new Section("/jobs", "nav.jobs", "j", Rule.anyOf(Permission.JOBS_READ)),
            new Section("/queues", "nav.queues", "q", Rule.anyOf(Permission.JOBS_READ)),
            new Section("/schedules", "nav.schedules", "c", Rule.anyOf(Permission.JOBS_READ)),
            new Section("/audit", "nav.audit", "a", Rule.anyOf(Permission.AUDIT_READ)),
            new Section("/users", "nav.users", "u", Rule.anyOf(Permission.USERS_READ)),
            new Section("/components", "nav.components", "v", Rule.anyOf(Permission.COMPONENTS_READ)),
            new Section("/backups", "nav.backups", "b", Rule.anyOf(Permission.BACKUPS_READ)),
            new Section("/capacity", "nav.capacity", "l", Rule.anyOf(Permission.STORAGE_READ)),
            new Section("/storage", "nav.storage", "d", Rule.anyOf(Permission.STORAGE_READ)),
            new Section("/settings", "nav.settings", "t", Rule.anyOf(Permission.SETTINGS_READ)));

    /** Those that somebody may see, in order. */
    static List<Section> of(Actor actor) {
        return ALL.stream().filter(section -> section.rule.allows(actor)).toList();
    }

    /** Whether a page belongs to it. */
    public boolean holds(String page) {
        return path.equals("/") ? page.equals("/") : page.equals(path) || page.startsWith(path + "/");
    }
}
