package io.burnish.agent;

import io.burnish.agent.action.ActionRunner;
import io.burnish.agent.action.AgentExit;
import io.burnish.agent.action.RunnerSettings;
import io.burnish.agent.channel.Channel;
import io.burnish.agent.channel.HubListener;
import io.burnish.agent.channel.Outbox;
import io.burnish.agent.corosync.CorosyncPlugin;
import io.burnish.agent.device.DevicePaths;
import io.burnish.agent.device.LinuxPlugin;
import io.burnish.agent.journal.ActionJournal;
import io.burnish.agent.log.LogLoop;
import io.burnish.agent.lustre.LustrePlugin;
import io.burnish.agent.network.NetworkPlugin;
import io.burnish.agent.packages.PackagePlugin;
import io.burnish.agent.registration.HubTls;
import io.burnish.agent.report.Plugin;
import io.burnish.agent.report.Reporters;
import io.burnish.agent.sample.HostSampler;
import io.burnish.agent.sample.LustreSampler;
import io.burnish.agent.sample.SampleLoop;
import io.burnish.agent.system.HostSystem;
import io.burnish.agent.system.MortalHostSystem;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.ToAgent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * An agent: one life on one server, from {@link #start} to {@link #close} or {@link #kill}. The next life on the same state directory
 * goes on where this one was. Many agents can live in one JVM: nothing is static, and an idle one has only virtual threads.
 */
public final class Agent implements AutoCloseable {

    private static final int PROTOCOL = 1;
    private static final Duration PARTING = Duration.ofSeconds(2);

    private final Life life = new Life();
    private final String epoch = UUID.randomUUID().toString();
    private final CompletableFuture<AgentExit.Reason> exited = new CompletableFuture<>();
    private final MortalHostSystem host;
    private final AgentSettings settings;
    private final ActionJournal journal;
    private final Outbox outbox;
    private final Reporters reporters;
    private final ActionRunner runner;
    private final List<Thread> threads;

    private Agent(HostSystem machine, AgentSettings settings, Vertx vertx) throws IOException {
        this.settings = settings;
        this.host = new MortalHostSystem(machine, life);
        this.journal = new ActionJournal(machine.stateDirectory(), settings.syncJournal(), life);
        AgentTimings timings = settings.timings();
        this.outbox = new Outbox(host.names().fqdn(), epoch, timings.reports());
        NamedLocks locks = new NamedLocks();
        this.reporters = new Reporters(plugins(locks), host, epoch, timings.reports(), outbox::report);
        this.runner = new ActionRunner(
                ActionCatalogues.complete(reporters),
                journal,
                outbox,
                new RunnerSettings(host, timings, life, this::exit, locks));
        Channel channel = new Channel(
                vertx,
                settings.hubUrl(),
                new HubTls(settings.identity()),
                timings.channel(),
                life,
                outbox,
                new Listener(),
                this::hello);
        SampleLoop samples = new SampleLoop(
                List.of(new HostSampler(host), new LustreSampler(host)),
                host,
                timings.reports(),
                life,
                outbox::samples);
        LogLoop logs = new LogLoop(host, timings.reports(), life, outbox::lines);
        this.threads = List.of(
                Thread.ofVirtual().name("channel").unstarted(channel),
                Thread.ofVirtual().name("samples").unstarted(samples),
                Thread.ofVirtual().name("logs").unstarted(logs));
    }

    /**
     * Begins a life: takes up unfinished actions of the last one, connects to the hub, reports and samples.
     *
     * @param host the server
     * @param vertx may be shared by many agents; it is not closed with the agent
     * @throws IOException if the journal cannot be read
     */
    public static Agent start(HostSystem host, AgentSettings settings, Vertx vertx) throws IOException {
        Agent agent = new Agent(host, settings, vertx);
        agent.runner.resume();
        agent.reporters.start();
        agent.threads.forEach(Thread::start);
        return agent;
    }

    /** Identity of this life. */
    public String epoch() {
        return epoch;
    }

    /** Completed when the life is over: an action ended it, or somebody did. */
    public CompletableFuture<AgentExit.Reason> exited() {
        return exited;
    }

    /**
     * Ends the life in an orderly way: repeatable commands are stopped, commands that must not be repeated go on without the agent,
     * unfinished actions are left to the next life.
     */
    @Override
    public void close() {
        exit(AgentExit.Reason.CLOSED);
        if (!Thread.currentThread().isVirtual()) {
            join();
        }
    }

    /**
     * Ends the life like {@code kill -9}: from the return of this method on nothing is written, sent or started any more, and commands
     * that run are left alone.
     */
    public void kill() {
        end();
        exited.complete(AgentExit.Reason.CLOSED);
    }

    private void exit(AgentExit.Reason reason) {
        end();
        host.stopRepeatableCommands();
        exited.complete(reason);
    }

    private void end() {
        life.end();
        reporters.stop();
        threads.forEach(Thread::interrupt);
        try {
            journal.close();
        } catch (IOException e) {
            System.getLogger(Agent.class.getName()).log(System.Logger.Level.WARNING, "journal not closed", e);
        }
    }

    private void join() {
        try {
            for (Thread thread : threads) {
                thread.join(PARTING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Plugin> plugins(NamedLocks locks) {
        DevicePaths paths = new DevicePaths();
        return List.of(
                new LinuxPlugin(host, locks, paths),
                new NetworkPlugin(host),
                new LustrePlugin(host, settings.version(), paths),
                new CorosyncPlugin(host),
                new PackagePlugin(host));
    }

    private FromAgent.Hello hello() {
        HostSystem.HostNames names = host.names();
        return new FromAgent.Hello(
                PROTOCOL,
                settings.version(),
                names.fqdn(),
                names.nodename(),
                epoch,
                host.bootId(),
                BootTime.of(host),
                runner.known());
    }

    /** Connects the hub's messages to the parts that serve them. */
    private final class Listener implements HubListener {

        @Override
        public void welcomed(ToAgent.Welcome welcome) {
            runner.announceOutcomes();
            reporters.connected();
        }

        @Override
        public void received(ToAgent message) {
            switch (message) {
                case ToAgent.RunAction run -> runner.run(run);
                case ToAgent.CancelAction cancel -> runner.cancel(cancel.actionId());
                case ToAgent.OutcomeStored stored -> runner.stored(stored.actionIds());
                case ToAgent.SamplesStored stored -> outbox.samplesStored(stored.sequence());
                case ToAgent.LogsStored stored -> outbox.linesStored(stored.sequence());
                case ToAgent.ReportFully report -> reporters.reportFully(report.plugins());
                case ToAgent.Welcome again -> {
                    // the greeting is over; a repeated one changes nothing
                }
            }
        }

        @Override
        public void disconnected() {
            reporters.disconnected();
        }
    }
}
