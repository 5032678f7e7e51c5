package io.burnish.lifecycle.state;

import io.burnish.contracts.fact.ClientMountFact;
import io.burnish.contracts.fact.CopytoolFact;
import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.NtpFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.lifecycle.cluster.ClusterJobs;
import io.burnish.lifecycle.filesystem.FilesystemJobs;
import io.burnish.lifecycle.host.HostJobs;
import io.burnish.lifecycle.lnet.LnetJobs;
import io.burnish.lifecycle.target.TargetJobs;
import io.burnish.lifecycle.worker.WorkerJobs;

/** The state machine of every type. */
public final class Machines {

    private Machines() {}

    /** The machine of an object. */
    public static StateMachine of(StatefulFact fact) {
        return switch (fact) {
            case HostFact host -> HostJobs.MACHINE;
            case LnetFact lnet -> LnetJobs.MACHINE;
            case CorosyncFact corosync ->
                corosync.corosync2() ? ClusterJobs.COROSYNC2_MACHINE : ClusterJobs.COROSYNC_MACHINE;
            case PacemakerFact pacemaker -> ClusterJobs.PACEMAKER_MACHINE;
            case NtpFact ntp -> ClusterJobs.NTP_MACHINE;
            case TargetFact target -> TargetJobs.MACHINE;
            case FilesystemFact filesystem -> FilesystemJobs.MACHINE;
            case ClientMountFact mount -> WorkerJobs.MOUNT_MACHINE;
            case CopytoolFact copytool -> WorkerJobs.COPYTOOL_MACHINE;
        };
    }

    /** How the class of an object is called in messages, for example {@code ManagedOst}. */
    public static String className(StatefulFact fact) {
        return fact instanceof TargetFact target ? target.kind().className() : of(fact).name();
    }
}
