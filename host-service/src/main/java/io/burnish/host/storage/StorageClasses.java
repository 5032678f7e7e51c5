package io.burnish.host.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The classes of all plug-ins: those of agents are built in, others are declared by files of a directory. A declaration is data; the manager
 * runs no code of others.
 */
@ApplicationScoped
class StorageClasses {

    private static final String BUILT_IN = "/storage-classes.json";

    private record Plugin(String plugin, List<ClassDeclaration> classes) {}

    private final Database database;
    private final Instance<StorageResources> resources;
    private final Map<String, Map<String, ClassDeclaration>> plugins = new LinkedHashMap<>();
    private final List<String> internal = new ArrayList<>();

    StorageClasses(
            Database database,
            Instance<StorageResources> resources,
            @ConfigProperty(name = "burnish.storage.plugins") Optional<String> directory) {
        this.database = database;
        this.resources = resources;
        try (InputStream builtIn = StorageClasses.class.getResourceAsStream(BUILT_IN)) {
            read(builtIn).forEach(plugin -> {
                add(plugin);
                internal.add(plugin.plugin());
            });
            if (directory.isPresent()) {
                declared(Path.of(directory.get()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("classes of storage resources cannot be read: " + e.getMessage(), e);
        }
    }

    private void declared(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
            for (Path file : files) {
                try (InputStream content = Files.newInputStream(file)) {
                    read(content).forEach(this::add);
                }
            }
        }
    }

    private static List<Plugin> read(InputStream json) throws IOException {
        return ContractJson.mapper().readValue(json, new TypeReference<>() {});
    }

    private void add(Plugin plugin) {
        Map<String, ClassDeclaration> classes = new LinkedHashMap<>();
        plugin.classes().forEach(declaration -> classes.put(declaration.name(), declaration));
        if (plugins.putIfAbsent(plugin.plugin(), classes) != null) {
            throw new IllegalStateException("two storage plug-ins are called " + plugin.plugin());
        }
    }

    /** The class of that name; empty if its plug-in is not there, or has none of that name. */
    Optional<ClassDeclaration> find(String plugin, String className) {
        return Optional.ofNullable(plugins.getOrDefault(plugin, Map.of()).get(className));
    }

    /** Names of the classes of a plug-in; empty if it is not there. */
    Optional<List<String>> namesOf(String plugin) {
        return Optional.ofNullable(plugins.get(plugin))
                .map(classes -> classes.keySet().stream().sorted().toList());
    }

    void install(@Observes StartupEvent startup) {
        database.run(tx -> {
            tx.update(
                    "UPDATE storage_resource_class SET loaded = false WHERE loaded AND plugin_name <> ALL($1)",
                    (Object) plugins.keySet().toArray(String[]::new));
            plugins.forEach(
                    (plugin, classes) -> classes.values().forEach(declaration -> store(tx, plugin, declaration)));
        });
    }

    private void store(Tx tx, String plugin, ClassDeclaration declaration) {
        Row stored = tx.one(
                """
                INSERT INTO storage_resource_class AS c (plugin_name, class_name, plugin_internal, user_creatable, loaded, attributes, columns,
                    fields, stats, charts, parent_classes, conditions, scanned)
                VALUES ($1, $2, $3, $4, true, $5::text::jsonb, $6::text::jsonb, $7::text::jsonb, $8::text::jsonb, $9::text::jsonb,
                    $10::text::jsonb, $11::text::jsonb, $12)
                ON CONFLICT (plugin_name, class_name) DO UPDATE SET plugin_internal = excluded.plugin_internal,
                    user_creatable = excluded.user_creatable, loaded = true, attributes = excluded.attributes,
                    columns = excluded.columns, fields = excluded.fields, stats = excluded.stats, charts = excluded.charts,
                    parent_classes = excluded.parent_classes, conditions = excluded.conditions, scanned = excluded.scanned
                RETURNING conditions IS DISTINCT FROM coalesce((SELECT o.conditions FROM storage_resource_class o
                    WHERE o.plugin_name = $1 AND o.class_name = $2), '[]')""",
                plugin,
                declaration.name(),
                internal.contains(plugin),
                declaration.userCreatable(),
                ContractJson.text(declaration.attributes()),
                declaration.columns().toString(),
                declaration.fields().toString(),
                declaration.stats().toString(),
                declaration.charts().toString(),
                ContractJson.text(declaration.parentClasses()),
                conditions(declaration),
                declaration.scan() != null);
        if (stored.getBoolean(0)) {
            resources.get().publishClass(tx, plugin, declaration.name());
        }
    }

    private static String conditions(ClassDeclaration declaration) {
        try {
            return ContractJson.mapper()
                    .writerFor(new TypeReference<List<AlertCondition>>() {})
                    .writeValueAsString(declaration.conditions());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
