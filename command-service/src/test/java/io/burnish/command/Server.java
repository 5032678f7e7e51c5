package io.burnish.command;

import java.util.ArrayList;
import java.util.List;

/**
 * The sequential machine of one server with its LNet and its MGT: which jobs a wish means when everything asked for before it has been
 * done. Says the same as orchestration 2 and 6 for these two objects, in other words than the planner.
 */
final class Server {

    static final List<String> LNET = List.of("lnet_unloaded", "lnet_down", "lnet_up");
    private static final List<String> RAISE = List.of("LoadLNetJob", "StartLNetJob");
    private static final List<String> LOWER = List.of("UnloadLNetJob", "StopLNetJob");

    private String lnet = "lnet_up";
    private String target = "unmounted";

    /** A wish for one of the two objects. */
    record Wish(boolean ofTarget, String state) {}

    /** Whether the wish is fulfilled. */
    boolean has(Wish wish) {
        return wish.state().equals(wish.ofTarget() ? target : lnet);
    }

    /** Fulfils a wish; the classes of the jobs that it takes, in order. */
    List<String> want(Wish wish) {
        List<String> jobs = new ArrayList<>();
        if (!wish.ofTarget()) {
            if (!wish.state().equals("lnet_up")) {
                stopTarget(jobs);
            }
            moveLnet(wish.state(), jobs);
        } else if (wish.state().equals("unmounted")) {
            stopTarget(jobs);
        } else if (target.equals("unmounted")) {
            moveLnet("lnet_up", jobs);
            jobs.add("StartTargetJob");
            target = "mounted";
        }
        return jobs;
    }

    private void stopTarget(List<String> jobs) {
        if (target.equals("mounted")) {
            jobs.add("StopTargetJob");
            target = "unmounted";
        }
    }

    private void moveLnet(String to, List<String> jobs) {
        int wanted = LNET.indexOf(to);
        for (int at = LNET.indexOf(lnet); at < wanted; at++) {
            jobs.add(RAISE.get(at));
        }
        for (int at = LNET.indexOf(lnet); at > wanted; at--) {
            jobs.add(LOWER.get(at - 1));
        }
        lnet = to;
    }
}
