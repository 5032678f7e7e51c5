package io.burnish.kit.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.NumericId;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Page;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Reading;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** GET of lists, sets and single objects. */
@ApplicationScoped
class ReadRequests {

    private static final Logger LOG = Logger.getLogger(ReadRequests.class);

    private final ResourceReader reader;
    private final KeptAnswers kept;
    private final Responses responses;

    ReadRequests(ResourceReader reader, KeptAnswers kept, Responses responses) {
        this.reader = reader;
        this.kept = kept;
        this.responses = responses;
    }

    void list(HttpServerRequest request, Resource resource, Parameters parameters, Page page, Principal caller) {
        answer(request, resource, caller, statements -> reader.list(resource, parameters, page, caller, statements)
                .map(slice -> Envelope.of(resource, parameters, page, slice.objects(), slice.total())));
    }

    /** A whole list, sent while it is read. Blocks: for virtual threads. */
    void stream(HttpServerRequest request, Resource resource, Parameters parameters, Page page, Principal caller) {
        StreamedList answer = new StreamedList(request, responses, resource, parameters, page);
        try {
            reader.stream(resource, parameters, page, caller, answer);
            answer.end();
        } catch (StreamedList.NotTaken e) {
            LOG.debugf("%s %s: %s", request.method(), request.path(), e.getCause());
            answer.breakOff();
        } catch (RuntimeException e) {
            if (!answer.breakOff()) {
                throw e;
            }
            LOG.warnf(e, "%s %s broke off", request.method(), request.path());
        }
    }

    void computed(HttpServerRequest request, List<ObjectNode> objects, Call call) {
        Page page = Page.of(call.parameters());
        String slice = objects.stream()
                .skip(page.offset())
                .limit(page.unlimited() ? Long.MAX_VALUE : page.limit())
                .map(ObjectNode::toString)
                .collect(Collectors.joining(Envelope.SEPARATOR));
        responses.json(
                request,
                200,
                Envelope.of(call.resource(), call.parameters(), page, Buffer.buffer(slice), objects.size()));
    }

    void detail(HttpServerRequest request, Resource resource, String id, Parameters parameters, Principal caller) {
        Optional<Object> key = key(resource, id);
        if (key.isEmpty()) {
            throw ApiError.notFoundJson();
        }
        answer(request, resource, caller, statements -> reader.one(resource, key.get(), parameters, caller, statements)
                .map(found -> Buffer.buffer(found.orElseThrow(ApiError::notFound))));
    }

    private void answer(
            HttpServerRequest request, Resource resource, Principal caller, Function<Reading, Future<Buffer>> read) {
        kept.answer(new KeptAnswers.Question(request.uri(), caller), reader.supplements(resource), read)
                .onSuccess(body -> responses.json(request, 200, body))
                .onFailure(failure -> responses.fail(request, failure));
    }

    void stored(
            HttpServerRequest request,
            Reply.Stored stored,
            Resource resource,
            Parameters parameters,
            Principal caller) {
        reader.one(resource, stored.id(), parameters, caller)
                .onSuccess(found -> found.ifPresentOrElse(
                        text -> responses.json(request, stored.status(), text),
                        () -> responses.refuse(request, ApiError.notFound())))
                .onFailure(failure -> responses.fail(request, failure));
    }

    /** {@code set/1;2;77/}: found objects in the order asked for, and the ids of the others (core 1.3). */
    void set(HttpServerRequest request, Resource resource, String ids, Parameters parameters, Principal caller) {
        if (resource.table().isEmpty()) {
            throw ApiError.notFoundJson();
        }
        Map<Object, String> wanted = new LinkedHashMap<>();
        for (String id : ids.split(";")) {
            wanted.put(key(resource, id).orElseThrow(ApiError::notFoundJson), id);
        }
        reader.several(resource, wanted.keySet(), parameters, caller)
                .onSuccess(found -> responses.json(request, 200, setBody(wanted, found)))
                .onFailure(failure -> responses.fail(request, failure));
    }

    private static String setBody(Map<Object, String> wanted, Map<Object, String> found) {
        List<String> missing = new ArrayList<>();
        List<String> objects = new ArrayList<>();
        wanted.forEach((key, text) -> {
            String object = found.get(key);
            if (object == null) {
                missing.add(JsonNodeFactory.instance.textNode(text).toString());
            } else {
                objects.add(object);
            }
        });
        return (missing.isEmpty() ? "{" : "{\"not_found\": [" + String.join(", ", missing) + "], ") + "\"objects\": ["
                + String.join(", ", objects) + "]}";
    }

    /** The id as stored; empty if the text cannot be one. */
    static Optional<Object> key(Resource resource, String id) {
        if (resource.table().map(Table::textId).orElse(false)) {
            return id.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(id);
        }
        return NumericId.of(id).map(number -> number);
    }
}
