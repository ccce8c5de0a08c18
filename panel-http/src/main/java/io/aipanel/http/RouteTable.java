package io.aipanel.http;

import io.aipanel.http.audit.AuditPages;
import io.aipanel.http.audit.AuditProofRoutes;
import io.aipanel.http.audit.AuditRoutes;
import io.aipanel.http.backup.BackupPages;
import io.aipanel.http.backup.BackupRoutes;
import io.aipanel.http.backup.RestoreInPlace;
import io.aipanel.http.capacity.CapacityPages;
import io.aipanel.http.capacity.CapacityRoutes;
import io.aipanel.http.hosting.SiteChangePages;
import io.aipanel.http.hosting.SiteDatabaseRoutes;
import io.aipanel.http.hosting.SitePages;
import io.aipanel.http.hosting.SiteRoutes;
import io.aipanel.http.iam.PasswordRoutes;
import io.aipanel.http.iam.ProfilePages;
import io.aipanel.http.iam.RolePages;
import io.aipanel.http.iam.RoleRoutes;
import io.aipanel.http.iam.SessionCookie;
import io.aipanel.http.iam.SessionRoutes;
import io.aipanel.http.iam.SetupRoutes;
import io.aipanel.http.iam.TokenRoutes;
import io.aipanel.http.iam.UserChangePages;
import io.aipanel.http.iam.UserPages;
import io.aipanel.http.iam.UserRoutes;
import io.aipanel.http.jobs.JobActionPages;
import io.aipanel.http.jobs.JobActionRoutes;
import io.aipanel.http.jobs.JobPages;
import io.aipanel.http.jobs.JobRoutes;
import io.aipanel.http.jobs.QueuePages;
import io.aipanel.http.jobs.QueueRoutes;
import io.aipanel.http.jobs.SchedulePages;
import io.aipanel.http.jobs.ScheduleRoutes;
import io.aipanel.http.openapi.OpenApiRoute;
import io.aipanel.http.pages.Languages;
import io.aipanel.http.pages.Pages;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.settings.SettingPages;
import io.aipanel.http.settings.SettingRoutes;
import io.aipanel.http.storage.HealthRoutes;
import io.aipanel.http.storage.MetricsRoutes;
import io.aipanel.http.storage.StoragePages;
import io.aipanel.http.storage.StorageRoutes;
import io.aipanel.http.versions.ComponentPages;
import io.aipanel.http.versions.ComponentRoutes;
import io.aipanel.http.web.Route;
import io.aipanel.service.Panel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every route there is, once. */
final class RouteTable {

    private RouteTable() {}

    /**
     * The routes of a panel.
     *
     * @param cookie how browsers keep their session
     * @param languages what pages are written in
     * @param restoreInPlace how a backup is restored
     * @param further routes besides the panel's own
     * @param version the version of the program
     */
    static List<Route> of(
            Panel panel,
            SessionCookie cookie,
            Languages languages,
            RestoreInPlace restoreInPlace,
            List<Route> further,
            String version) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new SessionRoutes(panel, cookie).routes());
        routes.addAll(new SetupRoutes(panel).routes());
        routes.addAll(new PasswordRoutes(panel).routes());
        routes.addAll(new UserRoutes(panel).routes());
        routes.addAll(new RoleRoutes(panel).routes());
        routes.addAll(new TokenRoutes(panel).routes());
        routes.addAll(new SiteRoutes(panel).routes());
        routes.addAll(new SiteDatabaseRoutes(panel).routes());
        routes.addAll(new SettingRoutes(panel).routes());
        routes.addAll(new ComponentRoutes(panel).routes());
        routes.addAll(new AuditRoutes(panel).routes());
        routes.addAll(new AuditProofRoutes(panel).routes());
        routes.addAll(new JobRoutes(panel).routes());
        routes.addAll(new JobActionRoutes(panel).routes());
        routes.addAll(new QueueRoutes(panel).routes());
        routes.addAll(new ScheduleRoutes(panel).routes());
        routes.addAll(new BackupRoutes(panel, cookie, restoreInPlace).routes());
        routes.addAll(new CapacityRoutes(panel).routes());
        routes.addAll(new StorageRoutes(panel).routes());
        routes.addAll(new HealthRoutes(panel).routes());
        routes.addAll(new MetricsRoutes(panel).routes());
        routes.addAll(pages(panel, cookie, restoreInPlace, new Shell(panel, languages)));
        routes.addAll(further);
        List<Route> all = OpenApiRoute.addedTo(routes, version);
        requireDistinct(all);
        return all;
    }

    private static List<Route> pages(Panel panel, SessionCookie cookie, RestoreInPlace restoreInPlace, Shell shell) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new Pages(panel, cookie, shell).routes());
        // Before the page of one site: the first route that fits is taken.
        routes.addAll(new SiteChangePages(panel, shell).routes());
        routes.addAll(new SitePages(panel, shell).routes());
        routes.addAll(new JobPages(panel, shell).routes());
        routes.addAll(new JobActionPages(panel, shell).routes());
        routes.addAll(new QueuePages(panel, shell).routes());
        routes.addAll(new SchedulePages(panel, shell).routes());
        routes.addAll(new AuditPages(panel, shell).routes());
        routes.addAll(new UserPages(panel, shell).routes());
        routes.addAll(new RolePages(panel, shell).routes());
        routes.addAll(new UserChangePages(panel, shell).routes());
        routes.addAll(new ProfilePages(panel, shell).routes());
        routes.addAll(new ComponentPages(panel, shell).routes());
        routes.addAll(new BackupPages(panel, restoreInPlace, shell).routes());
        routes.addAll(new CapacityPages(panel, shell).routes());
        routes.addAll(new StoragePages(panel, shell).routes());
        routes.addAll(new SettingPages(panel, shell).routes());
        return routes;
    }

    /**
     * Requires that no two routes answer the same request or have the same name.
     *
     * @throws IllegalArgumentException if two do
     */
    static void requireDistinct(List<Route> routes) {
        Set<String> seen = new HashSet<>();
        for (Route route : routes) {
            String place = route.method() + " " + route.path().replaceAll("\\{[^}]*}", "{}");
            if (!seen.add(place) || !seen.add(route.action())) {
                throw new IllegalArgumentException("there are two routes " + place + " or " + route.action());
            }
        }
    }
}
