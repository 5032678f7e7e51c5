package io.burnish.platform.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topics of a Kafka cluster as they should be. */
public final class KafkaTopics {

    private static final long LIMIT_SECONDS = 60;
    private static final long POLL_MILLIS = 20;

    private KafkaTopics() {}

    /**
     * Creates the topics that are missing, with the cluster's default replication, and gives the existing ones their settings. The
     * number of partitions of an existing topic stays. When this returns, clients see the topics.
     *
     * @param bootstrapServers for example {@code 127.0.0.1:9092}
     * @param alone see {@link TopicSpec#settings}
     * @throws IllegalStateException if the cluster does not answer within a minute or refuses
     */
    public static void ensure(String bootstrapServers, List<TopicSpec> topics, boolean alone) {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "burnish-topics");
        try (Admin admin = Admin.create(settings)) {
            Set<String> existing = get(admin.listTopics().names());
            List<TopicSpec> missing = topics.stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            create(admin, missing, alone);
            configure(
                    admin,
                    topics.stream()
                            .filter(topic -> existing.contains(topic.name()))
                            .toList(),
                    alone);
            awaitVisible(admin, missing);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "cannot make the topics at " + bootstrapServers + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "Kafka at " + bootstrapServers + " did not answer within " + LIMIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were made", e);
        }
    }

    private static void create(Admin admin, List<TopicSpec> topics, boolean alone)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<NewTopic> missing = topics.stream()
                .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.settings(alone)))
                .toList();
        for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            try {
                get(created);
            } catch (ExecutionException e) {
                // somebody else was faster, with the same specification
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /** The controller answers before the brokers know. */
    private static void awaitVisible(Admin admin, List<TopicSpec> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<String> names = topics.stream().map(TopicSpec::name).toList();
        Instant deadline = Instant.now().plusSeconds(LIMIT_SECONDS);
        while (true) {
            try {
                get(admin.describeTopics(names).allTopicNames());
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || Instant.now().isAfter(deadline)) {
                    throw e;
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    private static void configure(Admin admin, List<TopicSpec> topics, boolean alone)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (TopicSpec topic : topics) {
            List<AlterConfigOp> wanted = new ArrayList<>();
            topic.settings(alone)
                    .forEach((name, value) ->
                            wanted.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
            changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), wanted);
        }
        get(admin.incrementalAlterConfigs(changes).all());
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
