package io.burnish.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Command lines are read as they are meant, or refused with a reason. */
class OptionsTest {

    @Test
    void optionsMayBeWrittenInTwoWays() {
        Options options = Options.parse(List.of("mount_target", "--uuid", "u1", "--flag=1=2", "--empty="));
        assertThat(options.words()).containsExactly("mount_target");
        assertThat(options.require("uuid")).isEqualTo("u1");
        assertThat(options.find("flag")).contains("1=2");
        assertThat(options.find("empty")).contains("");
        assertThat(options.find("none")).isEmpty();
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> Options.parse(List.of("--url")))
                .isInstanceOf(Options.UsageException.class)
                .hasMessageContaining("--url needs a value");
        assertThatThrownBy(() -> Options.parse(List.of()).require("secret"))
                .hasMessageContaining("--secret is missing");
    }

    @Test
    void anUnknownCommandShowsTheUsage() {
        assertThat(CommandLineTool.run(new String[] {"dance"})).isEqualTo(2);
        assertThat(CommandLineTool.run(new String[0])).isEqualTo(2);
        assertThat(CommandLineTool.run(new String[] {"version"})).isZero();
        assertThat(CommandLineTool.run(new String[] {"register", "--url", "https://x/"}))
                .isEqualTo(2);
        assertThat(CommandLineTool.run(new String[] {"fence", "-o", "metadata"}))
                .isZero();
        assertThat(CommandLineTool.run(new String[] {"fence", "-o", "monitor"})).isZero();
        assertThat(CommandLineTool.run(new String[] {"fence", "-o", "off"})).isEqualTo(2);
    }
}
