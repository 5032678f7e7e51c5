package io.burnish.host.storage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.api.query.Page;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /api/storage_resource/<plugin_name>/<class_name>/}: the resources of a class, in the order of an attribute (API contract, storage 7.2). */
@ApplicationScoped
class ClassList {

    private static final Pattern ORDER = Pattern.compile("(-?)attr_(\\w{1,64})");

    private final Database database;
    private final ResourceReader reader;

    ClassList(Database database, ResourceReader reader) {
        this.database = database;
        this.reader = reader;
    }

    Reply read(Call call, ClassPath path) {
        Page page = Page.of(call.parameters());
        Optional<Matcher> order = call.parameters().last("order_by").map(ClassList::order);
        // numbers are ordered as numbers: that is how JSON values compare
        String by = order.map(
                        match -> "r.attributes -> $3 " + (match.group(1).isEmpty() ? "" : "DESC ") + "NULLS LAST, ")
                .orElse("$3::text IS NULL, ");
        Set<Object> ids = new LinkedHashSet<>();
        long total = database.transaction(tx -> {
            tx.query(
                            "SELECT r.id FROM storage_resource r JOIN storage_resource_class c USING (plugin_name, class_name) WHERE c.loaded"
                                    + " AND r.plugin_name = $1 AND r.class_name = $2 ORDER BY " + by + "r.id"
                                    + (page.unlimited() ? "" : " LIMIT " + page.limit()) + " OFFSET " + page.offset(),
                            path.plugin(),
                            path.className(),
                            order.map(match -> match.group(2)).orElse(null))
                    .forEach(row -> ids.add(row.getLong(0)));
            return tx.one(
                            "SELECT count(*) FROM storage_resource r JOIN storage_resource_class c USING (plugin_name, class_name) WHERE c.loaded AND r.plugin_name = $1 AND r.class_name = $2",
                            path.plugin(),
                            path.className())
                    .getLong(0);
        });
        Map<Object, String> found =
                Database.await(reader.several(call.resource(), ids, call.parameters(), call.principal()));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("meta", meta(call, path, page, total));
        ArrayNode objects = body.putArray("objects");
        ids.stream()
                .filter(found::containsKey)
                .forEach(id -> objects.add(ContractJson.read(found.get(id), ObjectNode.class)));
        return Reply.ok(body);
    }

    private static Matcher order(String text) {
        Matcher matcher = ORDER.matcher(text);
        if (!matcher.matches()) {
            throw ApiError.badQuery("order_by must be attr_<attribute> or -attr_<attribute>");
        }
        return matcher;
    }

    private static ObjectNode meta(Call call, ClassPath path, Page page, long total) {
        ObjectNode meta = JsonNodeFactory.instance.objectNode().put("limit", page.limit());
        meta.put("next", link(call, path, page, page.offset() + page.limit(), total));
        meta.put("offset", page.offset());
        meta.put("previous", page.offset() == 0 ? null : link(call, path, page, page.offset() - page.limit(), total));
        return meta.put("total_count", total);
    }

    private static String link(Call call, ClassPath path, Page page, long offset, long total) {
        if (page.unlimited() || offset < 0 || offset >= total) {
            return null;
        }
        String order = call.parameters()
                .last("order_by")
                .map(text -> "&order_by=" + text)
                .orElse("");
        return call.resource().path() + path.plugin() + "/" + path.className() + "/?limit=" + page.limit() + "&offset="
                + offset + order;
    }
}
