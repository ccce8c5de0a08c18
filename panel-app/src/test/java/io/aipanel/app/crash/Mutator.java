package io.aipanel.app.crash;

import io.aipanel.domain.Secret;
import io.aipanel.domain.hosting.DocumentRoot;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.hosting.NewSite;
import io.aipanel.service.hosting.SiteChange;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.NewUser;
import io.aipanel.service.iam.UserChange;
import io.aipanel.service.jobs.JobMode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Changes a panel from several threads until it is killed, and tells each change after it has been acknowledged, in one
 * line of standard output. What the store could not take it leaves, and goes on.
 */
final class Mutator implements Runnable {

    /** How many threads change things at once. */
    static final int THREADS = 6;

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final SettingName NAME = new SettingName("panel.name");

    private final Panel panel;
    private final UserId owner;
    private final String name;
    private final Random random;
    private final List<Site> sites = new ArrayList<>();
    private final List<User> users = new ArrayList<>();
    private long number;

    private Mutator(Panel panel, UserId owner, String name, long seed) {
        this.panel = panel;
        this.owner = owner;
        this.name = name;
        this.random = new Random(seed);
    }

    /** Arguments: the storage URL, the id of the user who owns the sites, a name that no other run has, a seed. */
    public static void main(String[] arguments) throws InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        // The panel's own jobs would change things, too, and the ledger knows nothing of them.
        Panel panel = Panel.open(PanelOptions.of(arguments[0]).jobs(JobMode.OFF));
        UserId owner = UserId.parse(arguments[1]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            long seed = Long.parseLong(arguments[3]) * THREADS + i;
            threads.add(new Thread(new Mutator(panel, owner, arguments[2] + "-" + i, seed), "mutator-" + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        panel.close();
    }

    @Override
    public void run() {
        while (true) {
            try {
                change();
            } catch (StoreUnavailable e) {
                // The server may have been killed while we were changing something: what became of it is not known.
                sites.clear();
                users.clear();
                OUT.println("unavailable " + e.reason());
            }
        }
    }

    private void change() {
        int what = random.nextInt(100);
        if (what < 40 || sites.isEmpty()) {
            addSite();
        } else if (what < 75) {
            changeSite();
        } else if (what < 85) {
            removeSite();
        } else if (what == 85) {
            // Seldom: hashing its password takes longer than hundreds of other changes.
            addUser();
        } else if (what < 93 && !users.isEmpty()) {
            switchUser();
        } else {
            set();
        }
    }

    private void addSite() {
        NewSite wanted = new NewSite(
                new HostName("site-" + number++ + "." + name + ".example"),
                Set.of(new HostName("www-" + number + "." + name + ".example")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(owner));
        Site added = panel.sites().add(actor(), wanted);
        OUT.println("site.add " + added.id());
        sites.add(added);
    }

    private void changeSite() {
        int index = random.nextInt(sites.size());
        SiteChange wanted = new SiteChange(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new DocumentRoot("/srv/" + name + "/" + number++)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Site before = sites.get(index);
        Site changed = panel.sites().change(actor(), before.id(), wanted, Optional.of(before.version()));
        OUT.println("site.change " + changed.id() + " " + changed.version());
        sites.set(index, changed);
    }

    private void removeSite() {
        Site site = sites.get(random.nextInt(sites.size()));
        panel.sites().remove(actor(), site.id(), Optional.of(site.version()));
        OUT.println("site.remove " + site.id());
        sites.remove(site);
    }

    private void set() {
        String value = name + "/" + number++;
        panel.settings().set(actor(), NAME, value);
        OUT.println("setting.set " + value);
    }

    private void addUser() {
        EmailAddress email = new EmailAddress("user-" + number++ + "@" + name + ".example");
        User added =
                panel.users().add(actor(), new NewUser(email, "A user", Set.of(), new Secret("password-" + number)));
        OUT.println("user.add " + added.email());
        users.add(added);
    }

    private void switchUser() {
        int index = random.nextInt(users.size());
        User before = users.get(index);
        UserStatus wanted = before.active() ? UserStatus.DISABLED : UserStatus.ACTIVE;
        User changed =
                panel.users().change(actor(), before.id(), UserChange.status(wanted), Optional.of(before.version()));
        OUT.println("user.switch " + changed.email() + " " + changed.version());
        users.set(index, changed);
    }

    private Actor actor() {
        return Actor.program("mutator:" + name);
    }
}
