package io.aipanel.service.capacity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A notifier that remembers what it was told, and can be made to fail. */
final class Told implements CapacityNotifier {

    private final String name;
    private final List<CapacityNotice> notices = Collections.synchronizedList(new ArrayList<>());
    private volatile String failure = "";

    Told(String name) {
        this.name = name;
    }

    /** From now on it cannot be told, for this reason; an empty one means that it can. */
    void failWith(String reason) {
        failure = reason;
    }

    List<CapacityNotice> notices() {
        return List.copyOf(notices);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void tell(CapacityNotice notice) throws IOException {
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        notices.add(notice);
    }
}
