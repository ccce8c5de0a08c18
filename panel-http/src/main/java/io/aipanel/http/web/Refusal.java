package io.aipanel.http.web;

import java.util.Map;
import java.util.Optional;

/** A request that is refused for a reason of HTTP's own; whatever else is refused, the use cases refuse. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    // Nobody writes exceptions to a stream here; these could not be.
    private final transient Optional<String> field;
    private final transient Map<String, String> headers;

    /**
     * @param status the status, 400 to 499
     * @param code what programs tell refusals apart by, for example {@code too-many-attempts}
     * @param detail what is wrong and what to do, for people
     */
    public Refusal(int status, String code, String detail) {
        this(status, code, detail, Optional.empty(), Map.of());
    }

    /**
     * @param status the status, 400 to 499
     * @param code what programs tell refusals apart by
     * @param detail what is wrong and what to do, for people
     * @param field the value that is wrong; empty if it is none in particular
     * @param headers further headers of the answer
     */
    public Refusal(int status, String code, String detail, Optional<String> field, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
        this.headers = Map.copyOf(headers);
    }

    /** The status. */
    public int status() {
        return status;
    }

    /** What programs tell refusals apart by. */
    public String code() {
        return code;
    }

    /** The value that is wrong; empty if it is none in particular. */
    public Optional<String> field() {
        return field;
    }

    /** Further headers of the answer. */
    public Map<String, String> headers() {
        return headers;
    }
}
