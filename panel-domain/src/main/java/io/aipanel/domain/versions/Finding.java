package io.aipanel.domain.versions;

import io.aipanel.domain.Text;
import java.util.Optional;

/**
 * What a look at the host said about one component.
 *
 * @param source where the candidate comes from, at most {@link Text#INDEXED_BYTES} UTF-8 bytes; empty if unknown
 * @param installed the installed version; empty if it is not installed or the host cannot tell
 * @param candidate the version that could be installed; empty if no source offers one
 */
public record Finding(String source, Optional<String> installed, Optional<String> candidate) {

    /** The host cannot tell, or has never heard of it. */
    public static final Finding NOTHING = new Finding("", Optional.empty(), Optional.empty());

    /**
     * @throws io.aipanel.domain.InvalidValueException if a text is out of range
     */
    public Finding {
        Text.check("source", source, Text.INDEXED_BYTES);
        installed.ifPresent(version -> Text.required("installed", version, Component.MAX_VERSION_BYTES));
        candidate.ifPresent(version -> Text.required("candidate", version, Component.MAX_VERSION_BYTES));
    }
}
