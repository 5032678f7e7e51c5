package io.burnish.platform.app;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sends what Kafka and the PostgreSQL driver log to the standard output, in the line format of Burnish's services. */
final class ConsoleLog {

    /** Chatter of an orderly start and end. */
    private static final List<String> QUIET = List.of("org.apache.kafka", "kafka", "state.change.logger");

    /** A single node that looks for itself while it starts is no news. */
    private static final List<String> SILENT =
            List.of("org.apache.kafka.clients.NetworkClient", "org.apache.kafka.common.config");

    /** Strong references: the log manager forgets the level of a logger that nobody holds. */
    private static final List<Logger> CONFIGURED = new ArrayList<>();

    private ConsoleLog() {}

    static void configure() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        StreamHandler handler = new FlushingHandler();
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.INFO);
        QUIET.forEach(name -> level(name, Level.WARNING));
        SILENT.forEach(name -> level(name, Level.SEVERE));
    }

    private static void level(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        CONFIGURED.add(logger);
    }

    private static final class FlushingHandler extends StreamHandler {

        FlushingHandler() {
            super(System.out, new LineFormat());
        }

        @Override
        public synchronized void publish(LogRecord record) {
            super.publish(record);
            flush();
        }
    }
}
