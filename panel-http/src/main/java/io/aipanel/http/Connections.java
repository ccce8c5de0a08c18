package io.aipanel.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the connections of requests that cannot be answered to their end. */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private Connections() {}

    /**
     * Ends the connection of a request that is being answered. What was sent may say 200, and must not look complete. Where
     * the end of the connection is the end of the body, as a proxy may have asked for, only a reset says that it is not.
     * Whoever reads from it or writes to it fails.
     */
    static void reset(HttpServletRequest request) {
        EndPoint connection = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        try {
            if (connection.getTransport() instanceof SocketChannel socket) {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException gone) {
            LOG.debug("The connection is closed already", gone);
        }
        connection.close();
    }
}
