package io.burnish.lifecycle.ready;

import io.burnish.contracts.job.Reason;

/** Whether a job can start now. */
public sealed interface Verdict {

    /** It can. */
    record Ready() implements Verdict {}

    /** Its object already is where the job would bring it. */
    record AlreadyDone() implements Verdict {}

    /** It cannot. */
    record Blocked(Reason reason) implements Verdict {}
}
