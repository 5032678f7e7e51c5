package io.burnish.host.hub;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Settings of the agent hub. */
@ConfigMapping(prefix = "burnish.hub")
public interface HubSettings {

    /** Address to listen on. */
    String host();

    /** Port to listen on; 0: any. */
    int port();

    /** Where agents connect, as they are told at registration. */
    String url();

    /** Names and addresses that the hub's certificate is for. */
    List<String> names();

    /** Interval of pings; the agent sends something at least as often. */
    Duration heartbeat();

    /** A server of which nothing was heard for this long has lost contact. */
    Duration contactTimeout();

    /** An action that no session could take for this long ends as unreachable (orchestration 12.3). */
    Duration unreachableAfter();

    /** How long after its deadline the outcome of an action that a silent server has got is waited for. */
    Duration outcomeGrace();

    /** After the hub's start nobody counts as lost for this long, so that agents can come back. */
    Duration startGrace();

    /** Interval of looks at what is due. */
    Duration tick();

    /** How long finished actions are kept, to recognise repetitions of their ids. */
    @WithDefault("P8D")
    Duration keepFinished();
}
