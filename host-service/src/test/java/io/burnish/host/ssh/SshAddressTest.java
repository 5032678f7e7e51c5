package io.burnish.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SshAddressTest {

    @Test
    void userAndPortHaveDefaults() {
        assertThat(SshAddress.parse("oss1.example")).contains(new SshAddress("root", "oss1.example", 22));
        assertThat(SshAddress.parse("admin@10.0.0.1:2201")).contains(new SshAddress("admin", "10.0.0.1", 2201));
    }

    @Test
    void whatCouldMeanSomethingElseToAShellOrAnOptionParserIsNoAddress() {
        for (String text : List.of(
                "", "-oProxyCommand=x", "a b", "a;b", "a$(b)", "a:0", "a:70000", "@a", "a@", "a\nb", "x".repeat(256))) {
            assertThat(SshAddress.parse(text)).as(text).isEmpty();
        }
    }
}
