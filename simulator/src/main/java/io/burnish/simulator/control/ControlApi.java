package io.burnish.simulator.control;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Faults;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.lab.Rpm;
import io.burnish.simulator.power.FenceRequest;
import io.burnish.simulator.power.PowerGrid;
import io.burnish.simulator.server.Rack;
import io.burnish.simulator.server.VirtualServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * The control interface, HTTP on the loopback address.
 *
 * <ul>
 *   <li>{@code GET /servers}: name, power, agent of each server
 *   <li>{@code GET /effects}: {@code mkfs} (formats per LUN), {@code unknown} (command lines that no server understood)
 *   <li>{@code GET /commands?since=<microseconds since 1970>}: {@code at}, {@code server}, {@code line} of the commands that began since
 *       then, the oldest first; only some thousand of the newest are known
 *   <li>{@code POST /servers/<name>/kill-agent|start-agent|stop-agent|power-off|power-on|reboot}
 *   <li>{@code POST /faults} with a {@link Faults.Fault} ({@code server}, {@code match}, {@code rc}, {@code stderr},
 *       {@code delayMillis}, {@code times}, {@code killsAgent}); {@code DELETE /faults}
 *   <li>{@code POST /packages/<repository>} with {@code name}, {@code version}, {@code release}: the repository offers a newer version of one
 *       of its packages, with the requirements of the one before
 *   <li>{@code POST /fence/<agent>} with a fence agent's options, one in a line: a line with its exit status, then its output as lines that
 *       begin with {@code O}, and its errors with {@code E}
 * </ul>
 */
public final class ControlApi implements AutoCloseable {

    private static final String FENCE = "/fence/";
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, false);

    private final Rack rack;
    private final PowerGrid power;
    private final HttpServer http;

    private ControlApi(Rack rack, HttpServer http) {
        this.rack = rack;
        this.power = new PowerGrid(rack);
        this.http = http;
    }

    /** Listens on that port; 0: any. */
    public static ControlApi open(Rack rack, int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ControlApi api = new ControlApi(rack, http);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", api::serve);
        http.createContext(FENCE, api::fence);
        http.start();
        return api;
    }

    private void fence(HttpExchange exchange) throws IOException {
        String agent = exchange.getRequestURI().getPath().substring(FENCE.length());
        String options = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        CommandResult result;
        try {
            result = power.fence(FenceRequest.of(agent, options));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result = new CommandResult(1, "", "The simulator stops\n");
        } catch (RuntimeException e) {
            result = new CommandResult(1, "", e + "\n");
        }
        byte[] body = (result.rc() + "\n" + marked("O", result.stdout()) + marked("E", result.stderr()))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String marked(String mark, String output) {
        return output.lines().map(line -> mark + line + "\n").collect(Collectors.joining());
    }

    /** The port. */
    public int port() {
        return http.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        Object answer;
        int status = 200;
        try {
            answer = answer(exchange);
        } catch (IllegalArgumentException e) {
            status = 404;
            answer = Map.of("error", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            status = 500;
            answer = Map.of("error", e.toString());
        }
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Object answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (path.equals("/servers")) {
            return servers();
        }
        if (path.equals("/effects")) {
            return effects();
        }
        if (path.equals("/commands")) {
            return rack.lab().trace().since(since(exchange.getRequestURI().getQuery()));
        }
        if (path.equals("/faults") && method.equals("POST")) {
            rack.faults().add(JSON.readValue(exchange.getRequestBody(), Faults.Fault.class));
            return Map.of();
        }
        if (path.equals("/faults") && method.equals("DELETE")) {
            rack.faults().clear();
            return Map.of();
        }
        String[] parts = path.split("/");
        if (parts.length == 3 && parts[1].equals("packages") && method.equals("POST")) {
            publish(parts[2], JSON.readValue(exchange.getRequestBody(), Publication.class));
            return Map.of();
        }
        if (parts.length == 4 && parts[1].equals("servers") && method.equals("POST")) {
            act(parts[2], parts[3]);
            return Map.of();
        }
        throw new IllegalArgumentException("no such URL: " + method + " " + path);
    }

    private record Publication(String name, String version, String release) {}

    private void publish(String repository, Publication fresh) {
        rack.lab().change(() -> {
            List<Rpm> offered = Optional.ofNullable(
                            rack.lab().state().repositories.get(repository))
                    .orElseThrow(() -> new IllegalArgumentException("no repository " + repository));
            Rpm present = offered.stream()
                    .filter(rpm -> rpm.name().equals(fresh.name()))
                    .max(Rpm.OLDEST_FIRST)
                    .orElseThrow(() -> new IllegalArgumentException(repository + " has no package " + fresh.name()));
            return offered.add(
                    new Rpm(fresh.name(), fresh.version(), fresh.release(), present.arch(), present.requires()));
        });
    }

    private static long since(String query) {
        return query == null ? 0 : Long.parseLong(query.replace("since=", ""));
    }

    private void act(String name, String verb) {
        Optional<VirtualServer> server = rack.server(name);
        String fqdn = server.orElseThrow(() -> new IllegalArgumentException("no server " + name))
                .machine()
                .fqdn;
        switch (verb) {
            case "kill-agent" -> rack.killAgent(fqdn);
            case "start-agent" -> rack.startAgent(fqdn);
            case "stop-agent" -> rack.stopAgent(fqdn);
            case "power-off" -> rack.powerOff(fqdn);
            case "power-on" -> rack.powerOn(fqdn);
            case "reboot" -> rack.reboot(fqdn);
            default -> throw new IllegalArgumentException("no such verb: " + verb);
        }
    }

    private List<Map<String, Object>> servers() {
        return rack.servers().stream()
                .map(server -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("name", server.machine().fqdn);
                    one.put("powered_on", server.machine().poweredOn);
                    one.put("agent", rack.agentRuns(server.machine().fqdn));
                    return one;
                })
                .toList();
    }

    private Map<String, Object> effects() {
        return rack.lab().look(() -> {
            Map<String, Integer> formats = new TreeMap<>();
            for (Lun lun : rack.lab().state().luns.values()) {
                formats.put(lun.serial, lun.formats);
            }
            return Map.of("mkfs", formats, "unknown", List.copyOf(rack.lab().state().unknown));
        });
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
