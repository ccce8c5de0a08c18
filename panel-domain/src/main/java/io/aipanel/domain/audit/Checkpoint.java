package io.aipanel.domain.audit;

import io.aipanel.domain.InvalidValueException;
import java.util.regex.Pattern;

/**
 * What a log was like at one moment, in the form of C2SP <a href="https://c2sp.org/tlog-checkpoint">tlog-checkpoint</a>:
 * whoever has it can tell later whether anything of that was changed or removed.
 *
 * @param origin the name of the log, 1 to 100 characters that are visible ASCII and not a plus sign
 * @param size how many events there were, 0 or more
 * @param root the root of the tree over them
 */
public record Checkpoint(String origin, long size, Hash root) {

    private static final Pattern ORIGIN = Pattern.compile("[!-*,-~]{1,100}");
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

    /**
     * @throws InvalidValueException if the origin cannot be one, or the size is negative
     */
    public Checkpoint {
        requireValid(origin, size);
    }

    /**
     * Requires that these can be in a checkpoint.
     *
     * @throws InvalidValueException if the origin cannot be one, or the size is negative
     */
    static void requireValid(String origin, long size) {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new InvalidValueException(
                    "origin", "must be 1 to 100 visible ASCII characters without a space or a plus sign");
        }
        if (size < 0) {
            throw new InvalidValueException("size", "must not be negative");
        }
    }

    /**
     * Reads the text of a checkpoint. Lines after the third are allowed and not looked at.
     *
     * @throws InvalidValueException ({@code checkpoint}) if it is none
     */
    static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
            throw new InvalidValueException("checkpoint", "must have three lines: origin, size and root hash");
        }
        if (!SIZE.matcher(lines[1]).matches()) {
            throw new InvalidValueException("checkpoint", "its second line must be the size, a decimal number");
        }
        try {
            return new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.parse("checkpoint", lines[2]));
        } catch (NumberFormatException e) {
            throw new InvalidValueException("checkpoint", "its size is out of range");
        }
    }

    /** The text that is signed: three lines. */
    public String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }
}
