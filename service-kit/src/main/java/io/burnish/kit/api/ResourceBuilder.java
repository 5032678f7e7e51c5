package io.burnish.kit.api;

import io.burnish.kit.api.Resource.Extra;
import io.burnish.kit.api.Resource.ListParameter;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.security.Principal;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Declares a resource. Operations with code of their own say in a {@link Wire} what they take and give; without one it is what the
 * fields suggest: the writable fields are taken, the object is given.
 */
public final class ResourceBuilder {

    final String name;
    Table table;
    final List<Field> fields = new ArrayList<>();
    final Map<String, ListParameter> parameters = new LinkedHashMap<>();
    final Map<HttpMethod, Operation> list = new LinkedHashMap<>();
    final Map<HttpMethod, Operation> detail = new LinkedHashMap<>();
    final List<Extra> extras = new ArrayList<>();
    Function<Principal, Predicate> visibility = principal -> Predicate.TRUE;
    boolean offsetTimes;
    Access schemaAccess = Access.READ;
    boolean legacy = true;

    ResourceBuilder(String name) {
        this.name = name;
    }

    /** Objects come from a table; {@code resource_uri} is declared with it. */
    public ResourceBuilder table(Table newTable) {
        table = newTable;
        fields.add(Field.text("resource_uri", newTable.id()).mapped(id -> "/api/" + name + "/" + id + "/"));
        return this;
    }

    /** Adds fields. */
    public ResourceBuilder fields(Field... more) {
        fields.addAll(List.of(more));
        return this;
    }

    /** Adds fields. */
    public ResourceBuilder fields(List<Field> more) {
        fields.addAll(more);
        return this;
    }

    /** Adds a list parameter that is not a field. */
    public ResourceBuilder parameter(String parameter, ListParameter condition) {
        parameters.put(parameter, condition);
        return this;
    }

    /** Adds a list parameter that is not a field, with a sentence about it. */
    public ResourceBuilder parameter(String parameter, String help, ListParameter condition) {
        return parameter(parameter, new Resource.DescribedParameter(help, condition));
    }

    /** Restricts which objects a caller sees. */
    public ResourceBuilder visible(Function<Principal, Predicate> to) {
        visibility = to;
        return this;
    }

    /** Times carry {@code +00:00}. */
    public ResourceBuilder timesWithOffset() {
        offsetTimes = true;
        return this;
    }

    /** Who may read the schema, if not everybody who may read. */
    public ResourceBuilder schema(Access access) {
        schemaAccess = access;
        return this;
    }

    /** New here: described by OpenAPI alone. */
    public ResourceBuilder beyondLegacy() {
        legacy = false;
        return this;
    }

    /** GET of the list from the table. */
    public ResourceBuilder listable(Access access) {
        list.put(HttpMethod.GET, new Operation(access, new Operation.ReadTable(), "List", null));
        return this;
    }

    /** GET of one object from the table. */
    public ResourceBuilder readable(Access access) {
        detail.put(HttpMethod.GET, new Operation(access, new Operation.ReadTable(), "Read one", null));
        return this;
    }

    /** GET of a computed list. */
    public ResourceBuilder computed(Access access, Operation.ListSource source) {
        return computed(access, null, source);
    }

    /** GET of a computed list with parameters of its own. */
    public ResourceBuilder computed(Access access, Wire wire, Operation.ListSource source) {
        list.put(HttpMethod.GET, new Operation(access, new Operation.Computed(source), "List", wire));
        return this;
    }

    /** A method of the list URL. */
    public ResourceBuilder onList(HttpMethod method, Access access, String summary, Operation.Handler handler) {
        return onList(method, access, summary, null, handler);
    }

    /** A method of the list URL, and what it takes and gives. */
    public ResourceBuilder onList(
            HttpMethod method, Access access, String summary, Wire wire, Operation.Handler handler) {
        list.put(method, custom(access, summary, wire, handler));
        return this;
    }

    /** A method of the detail URL. */
    public ResourceBuilder onDetail(HttpMethod method, Access access, String summary, Operation.Handler handler) {
        return onDetail(method, access, summary, null, handler);
    }

    /** A method of the detail URL, and what it takes and gives. */
    public ResourceBuilder onDetail(
            HttpMethod method, Access access, String summary, Wire wire, Operation.Handler handler) {
        detail.put(method, custom(access, summary, wire, handler));
        return this;
    }

    /** POST of the detail URL, which the contract lists and nothing implements: 501 for everybody (core 1.2, fifth of the checks). */
    public ResourceBuilder unimplementedDetailPost() {
        Wire nothing = Wire.nothing().gives(501, null);
        return onDetail(HttpMethod.POST, Access.EVERYBODY, "Nothing", nothing, call -> new Reply.Empty(501, null));
    }

    /** A method of a URL below the list URL. */
    public ResourceBuilder onListExtra(
            String path, HttpMethod method, Access access, String summary, Operation.Handler handler) {
        return onListExtra(path, method, access, summary, null, handler);
    }

    /** A method of a URL below the list URL, and what it takes and gives. */
    public ResourceBuilder onListExtra(
            String path, HttpMethod method, Access access, String summary, Wire wire, Operation.Handler handler) {
        return extra(path, false, method, custom(access, summary, wire, handler));
    }

    /** A method of a URL below the detail URL. */
    public ResourceBuilder onDetailExtra(
            String path, HttpMethod method, Access access, String summary, Operation.Handler handler) {
        return onDetailExtra(path, method, access, summary, null, handler);
    }

    /** A method of a URL below the detail URL, and what it takes and gives. */
    public ResourceBuilder onDetailExtra(
            String path, HttpMethod method, Access access, String summary, Wire wire, Operation.Handler handler) {
        return extra(path, true, method, custom(access, summary, wire, handler));
    }

    private static Operation custom(Access access, String summary, Wire wire, Operation.Handler handler) {
        return new Operation(access, new Operation.Custom(handler), summary, wire);
    }

    private ResourceBuilder extra(String path, boolean ofDetail, HttpMethod method, Operation operation) {
        for (Extra extra : extras) {
            if (extra.path().equals(path) && extra.detail() == ofDetail) {
                extra.methods().put(method, operation);
                return this;
            }
        }
        Map<HttpMethod, Operation> methods = new LinkedHashMap<>();
        methods.put(method, operation);
        extras.add(new Extra(path, ofDetail, methods));
        return this;
    }

    /** The finished declaration. */
    public Resource build() {
        return new Resource(this);
    }
}
