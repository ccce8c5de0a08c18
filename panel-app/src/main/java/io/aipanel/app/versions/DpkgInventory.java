package io.aipanel.app.versions;

import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.ports.versions.ComponentInventory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a Debian host about its packages: {@code dpkg-query} knows what is installed, {@code apt-cache} what could be. A
 * host without them cannot tell anything. Safe for use by many threads.
 */
public final class DpkgInventory implements ComponentInventory {

    private static final Logger LOG = LoggerFactory.getLogger(DpkgInventory.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern VALID_PATTERN = Pattern.compile("[a-z0-9*][a-z0-9+.*-]*");
    private static final String INSTALLED_FORMAT = "-f=${db:Status-Status}\t${Package}\t${Version}\n";

    /** More than anyone watches; a lone star would ask for every package of the distribution. */
    private static final int MOST_NAMES = 1_000;

    private final String searchPath;
    private final Duration timeout;

    /**
     * @param searchPath where the tools are looked for: directories joined by colons
     * @param timeout the longest that each tool may run
     */
    DpkgInventory(String searchPath, Duration timeout) {
        this.searchPath = searchPath;
        this.timeout = timeout;
    }

    /** With the tools that a search path leads to. */
    public static DpkgInventory on(String searchPath) {
        return new DpkgInventory(searchPath, TIMEOUT);
    }

    @Override
    public Map<ComponentName, Finding> look(List<String> patterns) {
        Optional<HostTool> dpkg = HostTool.find("dpkg-query", searchPath, timeout);
        Optional<HostTool> apt = HostTool.find("apt-cache", searchPath, timeout);
        if (dpkg.isEmpty() || apt.isEmpty()) {
            LOG.info("This host has no {}: its components stay unknown", dpkg.isEmpty() ? "dpkg-query" : "apt-cache");
            return Map.of();
        }
        Map<String, String> installed = installed(dpkg.get());
        TreeSet<String> names = expand(patterns, installed, apt.get());
        Map<String, Finding> offered = offered(names, apt.get());
        Map<ComponentName, Finding> findings = new TreeMap<>();
        for (String name : names) {
            Finding offer = offered.getOrDefault(name, Finding.NOTHING);
            Finding finding = new Finding(offer.source(), Optional.ofNullable(installed.get(name)), offer.candidate());
            // A pattern also matches names that only other packages speak of; they are nothing to watch.
            if (patterns.contains(name)
                    || finding.installed().isPresent()
                    || finding.candidate().isPresent()) {
                findings.put(new ComponentName(name), finding);
            }
        }
        return findings;
    }

    private static Map<String, String> installed(HostTool dpkg) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (String line : dpkg.run(List.of("-W", INSTALLED_FORMAT)).lines().toList()) {
            String[] fields = line.split("\t", -1);
            if (fields.length == 3 && fields[0].equals("installed")) {
                // The same package of another architecture has the same version: dpkg sees to that.
                versions.putIfAbsent(fields[1], fields[2]);
            }
        }
        return versions;
    }

    private static TreeSet<String> expand(List<String> patterns, Map<String, String> installed, HostTool apt) {
        TreeSet<String> names = new TreeSet<>();
        List<Pattern> globs = new ArrayList<>();
        for (String pattern : patterns) {
            if (!VALID_PATTERN.matcher(pattern).matches()) {
                throw new InventoryFailed(
                        "'" + pattern + "' cannot be the name of a package: correct the setting"
                                + " versions.components",
                        null);
            }
            if (pattern.contains("*")) {
                globs.add(glob(pattern));
            } else {
                names.add(pattern);
            }
        }
        if (!globs.isEmpty()) {
            TreeSet<String> known = new TreeSet<>(installed.keySet());
            apt.run(List.of("pkgnames")).lines().forEach(known::add);
            known.stream()
                    .filter(name ->
                            globs.stream().anyMatch(glob -> glob.matcher(name).matches()))
                    .forEach(names::add);
        }
        if (names.size() > MOST_NAMES) {
            throw new InventoryFailed(
                    "the setting versions.components matches " + names.size() + " packages; " + MOST_NAMES
                            + " are the most: name fewer",
                    null);
        }
        return names;
    }

    private static Map<String, Finding> offered(TreeSet<String> names, HostTool apt) {
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, String> sources = AptPolicy.sources(apt.run(List.of("policy")));
        if (sources.isEmpty()) {
            LOG.warn("apt has no package lists, so nothing is known about newer versions: run apt-get update");
        }
        List<String> arguments = new ArrayList<>(List.of("policy"));
        arguments.addAll(names);
        return AptPolicy.findings(apt.run(arguments), sources);
    }

    private static Pattern glob(String pattern) {
        String regex =
                List.of(pattern.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex);
    }
}
