package io.burnish.contracts;

/**
 * Names of the Kafka headers that every Burnish record carries (values are UTF-8 text).
 *
 * <p>{@link #SOURCE} and {@link #MESSAGE_ID} together identify a message: a receiver that has applied it ignores it when it
 * comes again.
 */
public final class MessageHeaders {

    /** Service that wrote the record, as {@link ServiceName#wire()}. */
    public static final String SOURCE = "burnish-source";

    /** Number of the message at its source: never used twice there. */
    public static final String MESSAGE_ID = "burnish-message-id";

    /** Version of the object of a fact, also on tombstones, which have no value to carry it. */
    public static final String VERSION = "burnish-version";

    /** Service for which a record of a shared topic is meant; others skip it unread. Absent: for everybody. */
    public static final String RECIPIENT = "burnish-recipient";

    /** Id of the job that the record belongs to, for logs; may be absent. */
    public static final String JOB = "burnish-job";

    /** Id of the command that the record belongs to, for logs; may be absent. */
    public static final String COMMAND = "burnish-command";

    /** On dead letters: consumer that gave up, original topic, and error text. */
    public static final String DEAD_CONSUMER = "burnish-dead-consumer";

    /** See {@link #DEAD_CONSUMER}. */
    public static final String DEAD_TOPIC = "burnish-dead-topic";

    /** See {@link #DEAD_CONSUMER}. */
    public static final String DEAD_ERROR = "burnish-dead-error";

    private MessageHeaders() {}
}
