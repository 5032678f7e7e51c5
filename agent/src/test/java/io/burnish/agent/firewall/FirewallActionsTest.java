package io.burnish.agent.firewall;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.ScriptedHost;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The firewall is opened and closed as the agent contract says, 11. */
class FirewallActionsTest {

    private static final String ADD = "/usr/bin/firewall-cmd --add-port=988/tcp";
    private static final String PORT =
            "{'port':988,'address':null,'proto':'tcp','description':'lustre','persist':true}";

    private ScriptedHost host;
    private Actions actions;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        actions = Actions.of(FirewallActions.all(), host);
    }

    @Test
    void aPortIsOpenedNowAndForGood() {
        actions.succeed("open_firewall", PORT);
        actions.succeed("close_firewall", PORT);
        assertThat(host.commands())
                .containsExactly(
                        ADD,
                        ADD + " --permanent",
                        "/usr/bin/firewall-cmd --remove-port=988/tcp",
                        "/usr/bin/firewall-cmd --remove-port=988/tcp --permanent");
    }

    @Test
    void whatIsOpenAlreadyStaysAsItIs() {
        host.on(ADD, "Warning: ALREADY_ENABLED\n");
        actions.succeed("open_firewall", PORT);
        assertThat(host.commands()).containsExactly(ADD);
    }

    @Test
    void aServerWithoutFirewallNeedsNoRule() {
        host.on(ADD, failed(252, "FirewallD is not running"));
        actions.succeed("open_firewall", PORT);
        assertThat(host.commands()).containsExactly(ADD);
        host.missing("/usr/bin/firewall-cmd");
        actions.succeed("open_firewall", PORT);
    }

    @Test
    void otherErrorsAreFailures() {
        host.on(ADD, failed(13, "Authorization failed"));
        assertThat(actions.fail("open_firewall", PORT))
                .startsWith("Server oss1.lab.example could not open the firewall for port 988: Error (13) running");
    }

    @Test
    void anAddressIsOpenedUntilTheNextBoot() {
        actions.succeed("open_firewall", "{'port':0,'address':'226.94.1.1','proto':'udp','persist':false}");
        assertThat(host.commands())
                .containsExactly("/usr/bin/firewall-cmd '--add-rich-rule=rule family=\"ipv4\" destination"
                        + " address=\"226.94.1.1\" protocol value=\"udp\" accept'");
    }
}
