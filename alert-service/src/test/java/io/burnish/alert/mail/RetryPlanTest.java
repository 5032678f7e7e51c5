package io.burnish.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPlanTest {

    private final RetryPlan plan = new RetryPlan(Duration.ofSeconds(30), 14);

    @Test
    void pausesDoubleUpToAnHourAndEnd() {
        assertThat(plan.after(1)).contains(Duration.ofSeconds(30));
        assertThat(plan.after(2)).contains(Duration.ofSeconds(60));
        assertThat(plan.after(7)).contains(Duration.ofMinutes(32));
        assertThat(plan.after(8)).contains(Duration.ofHours(1));
        assertThat(plan.after(13)).contains(Duration.ofHours(1));
        assertThat(plan.after(14)).isEmpty();
        assertThat(plan.after(15)).isEmpty();
    }

    @Test
    void manyAttemptsDoNotOverflow() {
        assertThat(new RetryPlan(Duration.ofHours(2), 1000).after(900)).contains(Duration.ofHours(1));
    }
}
