package io.aipanel.app.versions;

import io.aipanel.domain.Text;
import io.aipanel.domain.versions.Finding;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code apt-cache policy} prints: without names the package sources, with names a version table for each.
 * (apt's {@code cmdline/apt-cache.cc}: the indentation is what tells the lines apart.)
 */
final class AptPolicy {

    /** Not a source but what is installed already. */
    private static final String INSTALLED_PACKAGES = "/var/lib/dpkg/status";

    private static final Pattern SOURCE = Pattern.compile(" *-?[0-9]+ (\\S.*)");
    private static final Pattern RELEASE = Pattern.compile(" +release (.*)");
    private static final Pattern PACKAGE = Pattern.compile("(\\S+):");
    private static final Pattern INSTALLED = Pattern.compile(" {2}Installed: (\\S+)");
    private static final Pattern CANDIDATE = Pattern.compile(" {2}Candidate: (\\S+)");
    private static final Pattern VERSION = Pattern.compile(" (?:\\*\\*\\*| {3}) (\\S+)(?: -?[0-9]+)?");
    private static final Pattern VERSION_SOURCE = Pattern.compile(" {8,}-?[0-9]+ (\\S.*)");

    private static final String NONE = "(none)";

    private AptPolicy() {}

    /**
     * Reads the package sources.
     *
     * @return how each is called without naming a server, by the line that stands for it in version tables; empty if apt
     *     has no package lists
     */
    static Map<String, String> sources(String output) {
        Map<String, String> names = new HashMap<>();
        String source = "";
        for (String line : output.lines().toList()) {
            Matcher release = RELEASE.matcher(line);
            Matcher header = SOURCE.matcher(line);
            if (release.matches()) {
                names.put(source, name(source, fields(release.group(1))));
            } else if (header.matches()) {
                source = header.group(1);
                names.put(source, name(source, Map.of()));
            }
        }
        names.keySet().removeIf(AptPolicy::isInstalledPackages);
        return names;
    }

    /**
     * Reads version tables.
     *
     * @param sources what {@link #sources} has read
     * @return a finding for each package in the table
     */
    static Map<String, Finding> findings(String output, Map<String, String> sources) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        Table table = new Table("", sources);
        for (String line : output.lines().toList()) {
            Matcher header = PACKAGE.matcher(line);
            if (header.matches()) {
                table = new Table(header.group(1), sources);
            } else {
                table.read(line);
            }
            if (!table.name.isEmpty()) {
                findings.put(table.name, table.finding());
            }
        }
        return findings;
    }

    private static boolean isInstalledPackages(String source) {
        return source.equals(INSTALLED_PACKAGES) || source.startsWith(INSTALLED_PACKAGES + " ");
    }

    private static Map<String, String> fields(String release) {
        Map<String, String> fields = new HashMap<>();
        for (String field : release.split(",")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        return fields;
    }

    /** Who offers it, which release and which part of it: {@code Debian bookworm/main}. Never a URL: it may hold a password. */
    private static String name(String source, Map<String, String> release) {
        String suite = release.getOrDefault("n", release.getOrDefault("a", ""));
        String part = release.getOrDefault("c", "");
        String where = suite + (part.isEmpty() ? "" : "/" + part);
        if (where.isEmpty()) {
            String[] words = source.split(" ");
            where = words.length > 1 ? words[1] : "";
        }
        return Text.truncated((release.getOrDefault("o", "") + " " + where).strip(), Text.INDEXED_BYTES);
    }

    /** The version table of one package while it is being read. */
    private static final class Table {
        private final String name;
        private final Map<String, String> sources;
        private Optional<String> installed = Optional.empty();
        private Optional<String> candidate = Optional.empty();
        private Optional<String> source = Optional.empty();
        private boolean atCandidate;

        Table(String name, Map<String, String> sources) {
            this.name = name;
            this.sources = sources;
        }

        void read(String line) {
            Matcher installedLine = INSTALLED.matcher(line);
            Matcher candidateLine = CANDIDATE.matcher(line);
            Matcher versionLine = VERSION.matcher(line);
            Matcher sourceLine = VERSION_SOURCE.matcher(line);
            if (installedLine.matches()) {
                installed = version(installedLine.group(1));
            } else if (candidateLine.matches()) {
                candidate = version(candidateLine.group(1));
            } else if (sourceLine.matches()) {
                if (atCandidate && source.isEmpty() && !isInstalledPackages(sourceLine.group(1))) {
                    source = Optional.of(sources.getOrDefault(sourceLine.group(1), ""));
                }
            } else if (versionLine.matches()) {
                atCandidate = candidate.filter(versionLine.group(1)::equals).isPresent();
            }
        }

        /** A candidate that no source offers is only what is installed already. */
        Finding finding() {
            return new Finding(source.orElse(""), installed, source.isPresent() ? candidate : Optional.empty());
        }

        private static Optional<String> version(String text) {
            return text.equals(NONE) ? Optional.empty() : Optional.of(text);
        }
    }
}
