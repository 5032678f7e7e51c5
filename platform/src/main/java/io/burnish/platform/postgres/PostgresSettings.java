package io.burnish.platform.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The server's settings, for a small machine: 2 cores, seven services with a dozen connections each, most statements short.
 *
 * <p>Durability is PostgreSQL's default: a committed transaction survives a kill of every process and a loss of power. A server whose
 * data is thrown away ({@code durable} false) does without the three settings that pay for it.
 */
final class PostgresSettings {

    private PostgresSettings() {}

    /** The settings as arguments of {@code postgres}. */
    static List<String> arguments(int port, boolean durable) {
        List<String> arguments = new ArrayList<>();
        of(port, durable).forEach((name, value) -> {
            arguments.add("-c");
            arguments.add(name + "=" + value);
        });
        return arguments;
    }

    static Map<String, String> of(int port, boolean durable) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "200");
        settings.put("shared_buffers", "128MB");
        settings.put("effective_cache_size", "512MB");
        settings.put("work_mem", "8MB");
        settings.put("maintenance_work_mem", "64MB");
        // short statements: compiling and parallel workers cost more than they bring
        settings.put("jit", "off");
        settings.put("max_parallel_workers_per_gather", "0");
        settings.put("random_page_cost", "1.1");
        settings.put("max_wal_size", "512MB");
        settings.put("min_wal_size", "80MB");
        // outbox and inbox tables change all the time: clean them often
        settings.put("autovacuum_naptime", "20s");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("log_checkpoints", "off");
        String safe = durable ? "on" : "off";
        settings.put("fsync", safe);
        settings.put("synchronous_commit", safe);
        settings.put("full_page_writes", safe);
        return settings;
    }
}
