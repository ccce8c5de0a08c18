package io.aipanel.sqlite.storage;

import java.util.logging.Level;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what Liquibase has to say to our log: its own way is the JDK's, which writes to standard error. */
final class LiquibaseLog extends AbstractLogService {

    private static final Logger LOG = LoggerFactory.getLogger(LiquibaseLog.class);

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE;
    }

    @Override
    @SuppressWarnings("rawtypes") // as it is declared there
    public liquibase.logging.Logger getLog(Class type) {
        return new ToOurLog();
    }

    private static final class ToOurLog extends AbstractLogger {

        @Override
        public void log(Level level, String message, @Nullable Throwable cause) {
            // What goes wrong is thrown as well. Its warnings tell about itself: that analytics are off, for example.
            LOG.debug("{}: {}", level, message, cause);
        }

        @Override
        public void close() {
            // there is nothing to close
        }
    }
}
