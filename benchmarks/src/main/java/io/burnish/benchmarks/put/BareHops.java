package io.burnish.benchmarks.put;

import io.burnish.platform.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What two durable hops cost on this PostgreSQL and this Kafka when nothing else is done: a commit of one row, a record produced with
 * the acknowledgement of all and consumed, twice. A dispatched job passes two topics and is committed after each.
 */
final class BareHops implements AutoCloseable {

    static final int HOPS = 2;
    private static final String TOPIC = "bench.hops";
    private static final String DATABASE = "bench";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Connection database;
    private final PreparedStatement insert;
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;

    BareHops(PostgresAddress postgres, String kafka) throws SQLException, InterruptedException, ExecutionException {
        postgres.createDatabase(DATABASE);
        database = DriverManager.getConnection(postgres.jdbcUrl(DATABASE), postgres.user(), postgres.password());
        try (Statement statement = database.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS hop (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text)");
        }
        insert = database.prepareStatement("INSERT INTO hop (text) VALUES (?)");
        Map<String, Object> bootstrap = Map.of("bootstrap.servers", kafka);
        try (Admin admin = Admin.create(bootstrap)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all"), new StringSerializer(), new StringSerializer());
        consumer = new KafkaConsumer<>(bootstrap, new StringDeserializer(), new StringDeserializer());
        consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
        consumer.seekToBeginning(consumer.assignment());
    }

    /** Goes all hops; returns how long it took. */
    Duration go() throws SQLException {
        long begin = System.nanoTime();
        for (int hop = 0; hop < HOPS; hop++) {
            producer.send(new ProducerRecord<>(TOPIC, "x"));
            producer.flush();
            if (consumer.poll(PATIENCE).isEmpty()) {
                throw new IllegalStateException("Kafka did not deliver within " + PATIENCE);
            }
            insert.setString(1, "x");
            insert.executeUpdate();
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public void close() throws SQLException {
        producer.close();
        consumer.close();
        database.close();
    }
}
