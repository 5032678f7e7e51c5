package io.burnish.target.target;

import io.burnish.contracts.model.TargetKind;
import java.util.List;

/** Names of the configuration parameters of targets (API contract, storage 25.2). */
final class ConfParamNames {

    private static final List<String> MDT = List.of(
            "lov.qos_prio_free",
            "lov.qos_threshold_rr",
            "lov.stripecount",
            "lov.stripesize",
            "mdt.MDS.mds.threads_max",
            "mdt.MDS.mds.threads_min",
            "mdt.MDS.mds_readpage.threads_max",
            "mdt.MDS.mds_readpage.threads_min",
            "mdt.MDS.mds_setattr.threads_max",
            "mdt.MDS.mds_setattr.threads_min",
            "mdt.hsm_control");

    private static final List<String> OST = List.of(
            "osc.active",
            "osc.max_dirty_mb",
            "osc.max_pages_per_rpc",
            "osc.max_rpcs_in_flight",
            "ost.OSS.ost.threads_max",
            "ost.OSS.ost.threads_min",
            "ost.OSS.ost_create.threads_max",
            "ost.OSS.ost_create.threads_min",
            "ost.OSS.ost_io.threads_max",
            "ost.OSS.ost_io.threads_min",
            "ost.read_cache_enable",
            "ost.readcache_max_filesize",
            "ost.sync_journal",
            "ost.sync_on_lock_cancel",
            "ost.writethrough_cache_enable");

    private ConfParamNames() {}

    /** In the order of the wire. */
    static List<String> of(TargetKind kind) {
        return switch (kind) {
            case MGT -> List.of();
            case MDT -> MDT;
            case OST -> OST;
        };
    }

    /** SQL: the parameters of a kind as a JSON object in which those that are not set are null. */
    static String sql(TargetKind kind) {
        StringBuilder names = new StringBuilder();
        for (String name : of(kind)) {
            names.append(names.isEmpty() ? "" : ", ").append("'%s', t.conf_params -> '%s'".formatted(name, name));
        }
        return "json_build_object(" + names + ")::text";
    }
}
