package io.burnish.host.hub;

import io.burnish.contracts.agent.FromAgent;
import io.burnish.host.spi.HostContacts;
import io.burnish.host.spi.ReportSink;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what the hub tells other features. */
@ApplicationScoped
public class ContactLog implements HostContacts {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    public List<String> lines() {
        return lines;
    }

    @Override
    public void contactChanged(Tx tx, long hostId, boolean inContact) {
        tx.afterCommit(() -> lines.add(hostId + (inContact ? " in contact" : " lost")));
    }

    @Override
    public void booted(Tx tx, long hostId, String bootId, Instant bootTime) {
        tx.afterCommit(() -> lines.add(hostId + " booted " + bootId));
    }

    /** A plug-in that only tests have. */
    @ApplicationScoped
    public static class Sink implements ReportSink {

        private final ContactLog log;

        Sink(ContactLog log) {
            this.log = log;
        }

        @Override
        public String plugin() {
            return "test-plugin";
        }

        @Override
        public void report(Tx tx, long hostId, FromAgent.Report report, Instant seenAt) {
            if (report.body().path("poison").asBoolean()) {
                throw new IllegalStateException("cannot digest this");
            }
            tx.afterCommit(() -> log.lines().add(hostId + " reported " + report.sequence()));
        }
    }
}
