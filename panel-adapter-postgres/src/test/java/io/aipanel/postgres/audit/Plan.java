package io.aipanel.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the server has gone about a statement on the events.
 *
 * @param text what it has said
 */
record Plan(String text) {

    private static final Pattern INDEX =
            Pattern.compile("Index (?:Only )?Scan(?: Backward)? (?:using|on) (events_\\d+)_(\\w+)");
    private static final Pattern SCAN =
            Pattern.compile("(?:->  |^)(?:Index|Bitmap Heap) .*\\(actual rows=(\\d+)\\S* loops=(\\d+)\\)");
    private static final Pattern LEFT_OUT = Pattern.compile("Rows Removed by Filter: (\\d+)");

    /** It has read no more events than so many, all of them along these indexes of the partitions. */
    void reads(Set<String> indexes, long most) {
        reads(most);
        assertThat(used(2)).as("the indexes of%n%s", text).isEqualTo(new TreeSet<>(indexes));
    }

    /** It has read no more events than so many, all of them along indexes. */
    void reads(long most) {
        assertThat(text).as("nothing is read from end to end").doesNotContain("Seq Scan on events");
        assertThat(read()).as("events read by%n%s", text).isLessThanOrEqualTo(most);
    }

    /** The partitions that it has looked into. */
    Set<String> partitions() {
        return used(1);
    }

    private Set<String> used(int group) {
        Set<String> used = new TreeSet<>();
        INDEX.matcher(text).results().forEach(scan -> used.add(scan.group(group)));
        return used;
    }

    /** What the filter of a scan has left out was read, too. */
    private long read() {
        long read = 0;
        long loops = 0;
        for (String line : text.split("\n")) {
            Matcher leftOut = LEFT_OUT.matcher(line);
            Matcher scan = SCAN.matcher(line);
            if (scan.find()) {
                loops = Long.parseLong(scan.group(2));
                read += loops * Long.parseLong(scan.group(1));
            } else if (line.contains("->")) {
                loops = 0;
            } else if (leftOut.find()) {
                read += loops * Long.parseLong(leftOut.group(1));
            }
        }
        return read;
    }
}
