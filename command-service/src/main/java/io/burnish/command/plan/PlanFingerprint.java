package io.burnish.command.plan;

import io.burnish.lifecycle.plan.Plan;
import io.burnish.lifecycle.plan.PlannedJob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether two plans are the same: the same jobs on the same objects in the same order, with the same locks and waits. */
final class PlanFingerprint {

    private PlanFingerprint() {}

    /** Hexadecimal SHA-256 over everything that is carried out. */
    static String of(Plan plan) {
        StringBuilder text = new StringBuilder();
        text.append(plan.joined()).append('\n');
        for (PlannedJob job : plan.jobs()) {
            text.append(job.type().name())
                    .append(' ')
                    .append(job.subject())
                    .append(' ')
                    .append(job.from())
                    .append(' ')
                    .append(job.to())
                    .append(' ')
                    .append(job.args())
                    .append(' ')
                    .append(job.locks())
                    .append(' ')
                    .append(job.after())
                    .append(' ')
                    .append(job.afterQueued())
                    .append('\n');
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
