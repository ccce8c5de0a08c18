package io.aipanel.sqlite.storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A port of which one method does something else. */
final class Replaced {

    private Replaced() {}

    /** What the method does instead. */
    @FunctionalInterface
    interface Method {
        Object call(Object[] arguments);
    }

    /** The port as it is, but for the methods of one name. */
    static <T> T method(Class<T> port, T sound, String name, Method instead) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    if (method.getName().equals(name)) {
                        return instead.call(arguments);
                    }
                    try {
                        return method.invoke(sound, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
