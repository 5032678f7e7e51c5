package io.burnish.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.Topics;
import io.burnish.contracts.model.ObjectType;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BurnishTopicsTest {

    @Test
    void everyTopicOfTheContractsIsMade() {
        List<String> made = names();

        Stream<String> constants = Stream.of(Topics.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                });
        assertThat(constants).isNotEmpty().allSatisfy(name -> assertThat(made).contains(name));
        assertThat(made).contains(Topics.facts(ObjectType.NTP_CONFIGURATION)).doesNotHaveDuplicates();
    }

    @Test
    void snapshotsAreCompactedAndOnlySnapshots() {
        assertThat(BurnishTopics.all()).allSatisfy(topic -> assertThat(topic.settings(true))
                .containsEntry("cleanup.policy", topic.name().startsWith("burnish.facts.") ? "compact" : "delete"));
    }

    @Test
    void workIsOnTheDiskOfALoneBrokerBeforeItIsAcknowledged() {
        assertThat(spec(Topics.JOB_EVENTS).settings(true)).containsEntry("flush.messages", "1");
        assertThat(spec(Topics.JOB_EVENTS).settings(false))
                .containsEntry("flush.messages", Long.toString(Long.MAX_VALUE));
        assertThat(spec(Topics.SAMPLES).settings(true)).containsEntry("flush.messages", Long.toString(Long.MAX_VALUE));
    }

    @Test
    void busyTopicsHaveAsManyPartitionsAsAskedFor() {
        assertThat(BurnishTopics.all(7))
                .allSatisfy(topic -> assertThat(topic.partitions()).isIn(1, 7));
        assertThat(BurnishTopics.all(7).stream().filter(topic -> topic.name().equals(Topics.AGENT_ACTIONS)))
                .singleElement()
                .extracting(TopicSpec::partitions)
                .isEqualTo(7);
    }

    private static TopicSpec spec(String name) {
        return BurnishTopics.all().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names() {
        return BurnishTopics.all().stream().map(TopicSpec::name).toList();
    }
}
