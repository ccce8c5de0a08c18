package io.aipanel.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Debian's PgBouncer before the shared server, in transaction mode and with so few connections to the server that
 * clients must share them. Started when first asked for, stopped when the JVM ends.
 */
final class PgBouncer {

    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"));

    /** Set where a missing tool is a failure rather than a reason to leave its tests out. */
    private static final String TOOLS_REQUIRED = "TEST_TOOLS_REQUIRED";

    private final int port;

    private PgBouncer(int port) {
        this.port = port;
    }

    /** Whether tests through it are to be run. */
    static boolean isWanted() {
        return System.getenv(TOOLS_REQUIRED) != null || PLACES.stream().anyMatch(Files::isExecutable);
    }

    static PgBouncer shared() {
        return Shared.PGBOUNCER;
    }

    /** The URL of a database for the role that owns it. */
    String url(String database) {
        return "postgresql://" + TestServer.ROLE + "@127.0.0.1:" + port + "/" + database;
    }

    private static PgBouncer start(TestServer server) {
        Path binary = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("PgBouncer is missing; the tests need it: apt-get install pgbouncer"));
        try {
            int port = freePort();
            // Outside of the build directory, which other users may not be able to look into.
            Path directory = Files.createTempDirectory("panel-pgbouncer");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path configuration = Files.writeString(
                    directory.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=127.0.0.1 port=%d user=%s
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = any
                    pool_mode = transaction
                    default_pool_size = 4
                    max_client_conn = 500
                    ignore_startup_parameters = extra_float_digits
                    log_connections = 0
                    log_disconnections = 0
                    """.formatted(server.port(), TestServer.ROLE, port));
            Path log = TestServer.directory().resolve("pgbouncer.log");
            Process process = new ProcessBuilder(command(binary, configuration))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                process.destroy();
                delete(configuration);
                delete(directory);
            }));
            Awaitility.await("PgBouncer answers; it writes to " + log.toAbsolutePath())
                    .until(() -> answers(port));
            return new PgBouncer(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PgBouncer refuses to run as root. */
    private static List<String> command(Path binary, Path configuration) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        command.addAll(Stream.of(binary, configuration).map(Path::toString).toList());
        return command;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Started when first asked for. */
    private static final class Shared {
        private static final PgBouncer PGBOUNCER = start(TestServer.shared());
    }
}
