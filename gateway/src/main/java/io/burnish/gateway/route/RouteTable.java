package io.burnish.gateway.route;

import io.burnish.contracts.ServiceName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which path belongs to whom (design, section 1).
 *
 * <p>Invariants: {@code /internal/} and whatever else a service serves besides its resources is never reached from outside; a path that
 * another HTTP server could read differently than this table does (dot segments, doubled or encoded slashes) leads nowhere.
 */
public final class RouteTable {

    private static final String API = "/api/";
    private static final String METRIC = "/metric";
    private static final List<String> SERVER_SETUP = List.of("/agent/setup/", "/agent/register/", "/agent/package/");
    /** Has no secret in its path: without a certificate, which the gateway does not ask for, the host service refuses it. */
    private static final String REREGISTER = "/agent/reregister/";
    /** Resources with statistics; their metric URLs are the metrics service's (API contract, storage 23). */
    private static final Set<String> MEASURED = Set.of("host", "target", "filesystem", "storage_resource");

    /** Resources that the reference does not have: routed, but not in the directory (design, decision 8). */
    private static final Map<String, ServiceName> NEW = Map.of(
            "api_key", ServiceName.GATEWAY,
            "dead_letter", ServiceName.ALERT,
            "explain", ServiceName.COMMAND,
            "plan", ServiceName.COMMAND);

    private static final SortedMap<String, ServiceName> OWNERS = owners();

    private static final String DOCUMENT = API + "openapi.json";
    private static final String DOCUMENT_PAGE = API + "docs";

    private static final Route DESCRIPTION = new Route.Description();
    private static final Route DIRECTORY = new Route.Directory();
    private static final Route SERVER = new Route.ServerSetup();
    private static final Route SITE = new Route.Site();
    private static final Route NOWHERE = new Route.Nowhere();

    private RouteTable() {}

    /** All resources of the legacy API and their owners, in the order of their names. */
    public static SortedMap<String, ServiceName> resources() {
        return OWNERS;
    }

    /** The route of a request path, which is what the client sent, without the query. */
    public static Route of(String path) {
        if (path == null || !PlainPath.is(path)) {
            return NOWHERE;
        }
        if (path.equals(DOCUMENT)) {
            return DESCRIPTION;
        }
        if (path.equals(DOCUMENT_PAGE) || path.startsWith(DOCUMENT_PAGE + "/")) {
            return SITE;
        }
        if (path.startsWith(API)) {
            return path.length() == API.length() ? DIRECTORY : resource(path);
        }
        if (path.startsWith("/agent/")) {
            return path.equals(REREGISTER) || isServerSetup(path) ? SERVER : NOWHERE;
        }
        return path.startsWith("/internal") || path.startsWith("/q/") ? NOWHERE : SITE;
    }

    private static boolean isServerSetup(String path) {
        return SERVER_SETUP.stream().anyMatch(prefix -> path.startsWith(prefix) && path.length() > prefix.length());
    }

    private static Route resource(String path) {
        int end = path.indexOf('/', API.length());
        String name = path.substring(API.length(), end < 0 ? path.length() : end);
        ServiceName owner = OWNERS.getOrDefault(name, NEW.get(name));
        if (owner == null) {
            return NOWHERE;
        }
        boolean metric = end >= 0 && MEASURED.contains(name) && isMetric(path);
        return new Route.Resource(metric ? ServiceName.METRICS : owner);
    }

    private static boolean isMetric(String path) {
        return path.endsWith(METRIC) || path.endsWith(METRIC + "/");
    }

    private static SortedMap<String, ServiceName> owners() {
        SortedMap<String, ServiceName> owners = new TreeMap<>();
        own(owners, ServiceName.GATEWAY, "group", "session", "system_status", "user");
        own(owners, ServiceName.HOST, "corosync_configuration", "ha_cluster", "host", "host_profile");
        own(owners, ServiceName.HOST, "lnet_configuration", "network_interface", "nid", "ntp_configuration");
        own(owners, ServiceName.HOST, "pacemaker_configuration", "package", "power_control_device");
        own(owners, ServiceName.HOST, "power_control_device_outlet", "power_control_type", "registration_token");
        own(owners, ServiceName.HOST, "server_profile", "storage_resource", "storage_resource_class", "test_host");
        own(owners, ServiceName.HOST, "volume", "volume_node");
        own(owners, ServiceName.TARGET, "target");
        own(owners, ServiceName.FILESYSTEM, "client_mount", "copytool", "copytool_operation", "filesystem", "help");
        own(owners, ServiceName.COMMAND, "action", "command", "job", "step");
        own(owners, ServiceName.ALERT, "alert", "alert_subscription", "alert_type", "log");
        return Collections.unmodifiableSortedMap(owners);
    }

    private static void own(Map<String, ServiceName> owners, ServiceName owner, String... resources) {
        for (String resource : resources) {
            owners.put(resource, owner);
        }
    }
}
