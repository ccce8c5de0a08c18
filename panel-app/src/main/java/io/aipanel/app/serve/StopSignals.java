package io.aipanel.app.serve;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the signals by which a process is asked to stop. A shutdown hook would hear them, too, but a process that ends
 * through one has the exit code 143, which service managers take for a failure.
 */
final class StopSignals {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    /** SIGTERM is the service manager's, SIGINT the keyboard's. */
    private static final List<String> NAMES = List.of("TERM", "INT");

    private StopSignals() {}

    /**
     * Calls a listener whenever one of the signals comes, on a thread of the JVM.
     *
     * <p>The class behind this, {@code sun.misc.Signal}, is in every JDK (module {@code jdk.unsupported}, JEP 260) but
     * cannot be named without a compiler warning. Where the JVM keeps signals for itself ({@code -Xrs}) they end the
     * process at once, which the stores are made for.
     */
    static void listen(Consumer<String> listener) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    StopSignals.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            listener.accept(String.valueOf(arguments[0]));
                            yield null;
                        }
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> self == arguments[0];
                        default -> "stop signals";
                    });
            for (String name : NAMES) {
                Object which = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, which, proxy);
            }
        } catch (InvocationTargetException e) {
            LOG.info(
                    "Signals are not heard ({}): the process ends at once when asked to stop",
                    e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            LOG.info("Signals are not heard ({}): the process ends at once when asked to stop", e.toString());
        }
    }
}
