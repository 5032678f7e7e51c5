package io.burnish.benchmarks.lists;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.burnish.platform.postgres.PostgresAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Map;

/**
 * Lists of servers and one server without anything that is ours: one statement, made for this request alone, on the PostgreSQL client,
 * its rows written as JSON text. The pool is as large as a service's.
 */
final class HandWrittenList {

    private static final int CONNECTIONS = 12;
    private static final int PIPELINE = 256;
    private static final String LOCAL = ".localdomain";
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter TIME_WITH_FRACTION =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private static final String FORM = """
            SELECT h.id, h.address, h.fqdn, h.nodename, h.state,
                h.state_modified_at, h.immutable_state, h.boot_time, h.install_method, h.properties::text AS properties, h.needs_update,
                EXISTS (SELECT 1 FROM target_mount t JOIN neighbour f ON f.ref = 'filesystem:' || t.filesystem_id
                    WHERE t.host_id = h.id AND NOT f.gone AND f.state IN ('available', 'unavailable')) AS active,
                (SELECT coalesce(json_agg(i.inet4_address || '@' || n.lnd_type || n.lnd_network ORDER BY i.id), '[]')::text
                    FROM nid n JOIN network_interface i ON i.id = n.network_interface_id
                    WHERE i.host_id = h.id AND n.lnd_type IS NOT NULL) AS nids,
                %1$s AS client_mounts,
                l.id AS lnet, c.id AS corosync, k.id AS pacemaker,
                p.name AS profile, p.ui_name, p.ui_description, p.managed, p.worker, p.user_selectable, p.preselected,
                p.initial_state, p.ntp, p.corosync AS corosync1, p.corosync2, p.pacemaker AS has_pacemaker,
                (SELECT count(*) FROM host WHERE not_deleted AND NOT provisional AND %2$s) AS total
            FROM (SELECT * FROM host WHERE not_deleted AND NOT provisional AND %2$s ORDER BY %3$s) h
                JOIN server_profile p ON p.name = h.profile
                LEFT JOIN lnet_configuration l ON l.host_id = h.id AND l.not_deleted
                LEFT JOIN corosync_configuration c ON c.host_id = h.id AND c.not_deleted
                LEFT JOIN pacemaker_configuration k ON k.host_id = h.id AND k.not_deleted
                %4$s
            ORDER BY h.%5$s""";

    /** Client mounts of a few servers, one by one. */
    private static final String MOUNTS_OF_FEW = """
            (SELECT coalesce(json_agg(json_build_object('filesystem_name', f.label, 'mountpoint', m.fact ->> 'mountpoint',
                    'state', m.state) ORDER BY m.id), '[]')::text
                    FROM neighbour m LEFT JOIN neighbour f ON f.ref = 'filesystem:' || (m.fact ->> 'filesystemId')
                    WHERE m.type = 'client_mount' AND NOT m.gone AND m.fact ->> 'hostId' = h.id::text)""";

    /** Client mounts of all servers at once. */
    private static final String MOUNTS_OF_ALL = """
            LEFT JOIN (SELECT m.fact ->> 'hostId' AS host, json_agg(json_build_object('filesystem_name', f.label,
                    'mountpoint', m.fact ->> 'mountpoint', 'state', m.state) ORDER BY m.id)::text AS list
                FROM neighbour m LEFT JOIN neighbour f ON f.ref = 'filesystem:' || (m.fact ->> 'filesystemId')
                WHERE m.type = 'client_mount' AND NOT m.gone GROUP BY 1) mounted ON mounted.host = h.id::text""";

    private static final Map<ListRequest, String> SQL = new EnumMap<>(ListRequest.class);

    static {
        for (ListRequest request : ListRequest.values()) {
            SQL.put(request, sql(request));
        }
    }

    private final OfferTexts offers;
    private final Pool pool;

    HandWrittenList(Vertx vertx, PostgresAddress postgres, OfferTexts offers) {
        this.offers = offers;
        pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(new PgConnectOptions()
                        .setHost(postgres.host())
                        .setPort(postgres.port())
                        .setDatabase("host-service")
                        .setUser(postgres.user())
                        .setPassword(postgres.password())
                        .setCachePreparedStatements(true)
                        .setPipeliningLimit(PIPELINE))
                .with(new PoolOptions().setMaxSize(CONNECTIONS))
                .build();
    }

    /** The answer to a request, as JSON text. */
    Future<String> answer(ListRequest request) {
        return pool.preparedQuery(SQL.get(request))
                .execute()
                .map(rows -> request == ListRequest.DETAIL ? detail(rows) : text(rows));
    }

    private static String sql(ListRequest request) {
        boolean all = request == ListRequest.EVERYTHING;
        return FORM.formatted(
                all ? "coalesce(mounted.list, '[]')" : MOUNTS_OF_FEW,
                request.condition(),
                request.order() + (all ? "" : " LIMIT 20"),
                all ? MOUNTS_OF_ALL : "",
                request.order());
    }

    private String detail(RowSet<Row> rows) {
        StringWriter text = new StringWriter(2 * 1024);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            host(json, rows.iterator().next());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    Future<Void> close() {
        return pool.close();
    }

    private String text(RowSet<Row> rows) {
        StringWriter text = new StringWriter(32 * 1024);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            long total = rows.size() == 0 ? 0 : rows.iterator().next().getLong("total");
            json.writeStartObject();
            json.writeObjectFieldStart("meta");
            json.writeNumberField("limit", 20);
            json.writeStringField("next", total > rows.size() ? "/api/host/?limit=20&offset=20" : null);
            json.writeNumberField("offset", 0);
            json.writeNullField("previous");
            json.writeNumberField("total_count", total);
            json.writeEndObject();
            json.writeArrayFieldStart("objects");
            for (Row row : rows) {
                host(json, row);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private void host(JsonGenerator json, Row row) throws IOException {
        long id = row.getLong("id");
        json.writeStartObject();
        json.writeNumberField("id", id);
        offers.write(json, id);
        json.writeStringField("address", row.getString("address"));
        json.writeStringField("fqdn", row.getString("fqdn"));
        json.writeStringField("nodename", row.getString("nodename"));
        json.writeStringField("label", label(row.getString("fqdn")));
        json.writeStringField("state", row.getString("state"));
        json.writeStringField("state_modified_at", time(row.getOffsetDateTime("state_modified_at")));
        json.writeBooleanField("immutable_state", row.getBoolean("immutable_state"));
        json.writeNumberField("content_type_id", 59);
        json.writeStringField("boot_time", time(row.getOffsetDateTime("boot_time")));
        json.writeStringField("install_method", row.getString("install_method"));
        json.writeStringField("properties", row.getString("properties"));
        json.writeBooleanField("needs_update", row.getBoolean("needs_update"));
        json.writeBooleanField("member_of_active_filesystem", row.getBoolean("active"));
        json.writeFieldName("nids");
        json.writeRawValue(row.getString("nids"));
        json.writeFieldName("client_mounts");
        json.writeRawValue(row.getString("client_mounts"));
        json.writeFieldName("server_profile");
        profile(json, row);
        json.writeStringField("lnet_configuration", link("lnet_configuration", row.getLong("lnet")));
        json.writeStringField("corosync_configuration", link("corosync_configuration", row.getLong("corosync")));
        json.writeStringField("pacemaker_configuration", link("pacemaker_configuration", row.getLong("pacemaker")));
        json.writeNullField("root_pw");
        json.writeNullField("private_key");
        json.writeNullField("private_key_passphrase");
        json.writeStringField("resource_uri", link("host", id));
        json.writeEndObject();
    }

    private static void profile(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", row.getString("profile"));
        json.writeStringField("ui_name", row.getString("ui_name"));
        json.writeStringField("ui_description", row.getString("ui_description"));
        json.writeBooleanField("managed", row.getBoolean("managed"));
        json.writeBooleanField("worker", row.getBoolean("worker"));
        json.writeBooleanField("user_selectable", row.getBoolean("user_selectable"));
        json.writeBooleanField("default", row.getBoolean("preselected"));
        json.writeStringField("initial_state", row.getString("initial_state"));
        json.writeBooleanField("ntp", row.getBoolean("ntp"));
        json.writeBooleanField("corosync", row.getBoolean("corosync1"));
        json.writeBooleanField("corosync2", row.getBoolean("corosync2"));
        json.writeBooleanField("pacemaker", row.getBoolean("has_pacemaker"));
        json.writeStringField("resource_uri", "/api/server_profile/" + row.getString("profile") + "/");
        json.writeEndObject();
    }

    private static String label(String fqdn) {
        return fqdn.endsWith(LOCAL) ? fqdn.substring(0, fqdn.length() - LOCAL.length()) : fqdn;
    }

    private static String link(String resource, Long id) {
        return id == null ? null : "/api/" + resource + "/" + id + "/";
    }

    private static String time(OffsetDateTime time) {
        if (time == null) {
            return null;
        }
        OffsetDateTime utc = time.withOffsetSameInstant(ZoneOffset.UTC);
        return (utc.getNano() == 0 ? TIME : TIME_WITH_FRACTION).format(utc);
    }
}
