package io.burnish.kit.log;

import io.burnish.kit.messaging.Received;
import org.jboss.logging.MDC;

/** Puts the command and the job that work belongs to on every log line of it. */
public final class LogContext {

    private static final String COMMAND = "command";
    private static final String JOB = "job";

    private LogContext() {}

    /** Runs work in the context of a message; {@code null} for none. */
    public static void with(Received<?> message, Runnable work) {
        if (message == null) {
            work.run();
        } else {
            with(message.commandId(), message.jobId(), work);
        }
    }

    /** Runs work in the context of a command and a job; either may be {@code null}. */
    public static void with(Long commandId, Long jobId, Runnable work) {
        Object outerCommand = MDC.get(COMMAND);
        Object outerJob = MDC.get(JOB);
        put(COMMAND, commandId);
        put(JOB, jobId);
        try {
            work.run();
        } finally {
            put(COMMAND, outerCommand);
            put(JOB, outerJob);
        }
    }

    private static void put(String key, Object value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
