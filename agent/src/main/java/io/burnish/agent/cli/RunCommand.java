package io.burnish.agent.cli;

import io.burnish.agent.Agent;
import io.burnish.agent.AgentSettings;
import io.burnish.agent.system.HostSystem;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;

/** {@code run}: the agent itself, until it is told to end. */
record RunCommand(HostSystem host) {

    private static final int NOT_REGISTERED = 3;

    int run() throws IOException, InterruptedException {
        Optional<AgentSettings> settings = AgentSettings.registered(host);
        if (settings.isEmpty()) {
            System.err.println("this server is not registered with a manager: use 'burnish-agent register'");
            return NOT_REGISTERED;
        }
        Vertx vertx = SmallVertx.create();
        Agent agent = Agent.start(host, settings.get(), vertx);
        Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "shutdown"));
        agent.exited().join();
        vertx.close();
        return 0;
    }
}
