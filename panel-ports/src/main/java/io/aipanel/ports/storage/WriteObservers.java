package io.aipanel.ports.storage;

import java.util.Arrays;

/** Those who hear how long the writes of one storage take. For adapters; safe for use by many threads. */
public final class WriteObservers implements WriteObserver {

    /** An array, because nothing may be made anew for a write; never changed, only replaced. */
    private volatile Observer[] observers = {};

    /** Nobody yet. */
    public WriteObservers() {}

    /** Has one more hear of every write from now on, until the answer is closed. */
    public synchronized Storage.Subscription add(WriteObserver observer) {
        Observer added = new Observer(observer);
        Observer[] more = Arrays.copyOf(observers, observers.length + 1);
        more[observers.length] = added;
        observers = more;
        return () -> remove(added);
    }

    @Override
    public void committed(StoreName store, long nanos) {
        for (Observer each : observers) {
            each.observer.committed(store, nanos);
        }
    }

    private synchronized void remove(Observer removed) {
        observers = Arrays.stream(observers).filter(each -> each != removed).toArray(Observer[]::new);
    }

    /** Makes each subscription its own, even of the same observer. */
    private static final class Observer {
        private final WriteObserver observer;

        Observer(WriteObserver observer) {
            this.observer = observer;
        }
    }
}
