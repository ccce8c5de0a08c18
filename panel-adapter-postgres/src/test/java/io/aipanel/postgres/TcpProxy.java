package io.aipanel.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a storage and the server, and breaks connections when a test says so. */
final class TcpProxy implements AutoCloseable {

    /** When the connection that asks for a commit is broken. */
    enum AtCommit {
        /** Before the server hears of it. */
        BEFORE_IT_IS_SENT,
        /** When the server has done it and is about to say so. */
        BEFORE_IT_IS_ANSWERED
    }

    private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listening;
    private final int target;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicReference<AtCommit> breakNextCommit = new AtomicReference<>();
    private volatile boolean refusing;

    private TcpProxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    static TcpProxy to(int port) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Breaks every connection; new ones are possible. */
    void cut() {
        connections.forEach(Connection::close);
    }

    /** Breaks every connection, and new ones too, until {@link #comeBack()}. */
    void goAway() {
        refusing = true;
        cut();
    }

    void comeBack() {
        refusing = false;
    }

    /** Only the first commit of a connection can be told from other messages: later ones use a prepared statement. */
    void breakNextCommit(AtCommit when) {
        breakNextCommit.set(when);
    }

    @Override
    public void close() {
        goAway();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                Connection connection = new Connection(client, new Socket(InetAddress.getLoopbackAddress(), target));
                connections.add(connection);
                start(connection::forward);
                start(connection::back);
            } catch (IOException e) {
                // The proxy is closed, or the server is down: whoever has asked is told by the broken connection.
            }
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tcp proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Connection {

        private final Socket client;
        private final Socket server;
        private volatile boolean swallowAnswer;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void forward() {
            pump(client, server, chunk -> {
                AtCommit when = contains(chunk) ? breakNextCommit.getAndSet(null) : null;
                swallowAnswer |= when == AtCommit.BEFORE_IT_IS_ANSWERED;
                return when != AtCommit.BEFORE_IT_IS_SENT;
            });
        }

        void back() {
            pump(server, client, chunk -> !swallowAnswer);
        }

        private void pump(Socket from, Socket to, Gate gate) {
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                byte[] buffer = new byte[65_536];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    byte[] chunk = Arrays.copyOf(buffer, read);
                    if (!gate.lets(chunk)) {
                        return;
                    }
                    out.write(chunk);
                }
            } catch (IOException e) {
                // Broken on purpose, or by the other side: both ends are closed now.
            } finally {
                connections.remove(this);
            }
        }

        void close() {
            try {
                client.close();
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static boolean contains(byte[] chunk) {
        for (int i = 0; i + COMMIT.length <= chunk.length; i++) {
            if (Arrays.equals(chunk, i, i + COMMIT.length, COMMIT, 0, COMMIT.length)) {
                return true;
            }
        }
        return false;
    }

    /** Decides about each piece of data. */
    @FunctionalInterface
    private interface Gate {
        boolean lets(byte[] chunk);
    }
}
