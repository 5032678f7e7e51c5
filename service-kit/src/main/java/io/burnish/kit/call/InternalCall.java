package io.burnish.kit.call;

import io.burnish.contracts.ContractJson;
import io.burnish.kit.security.Principal;
import java.util.Map;

/** A call of another service. */
public record InternalCall(Principal caller, Map<String, String> pathParameters, byte[] body) {

    /** The JSON body. */
    public <T> T body(Class<T> type) {
        return ContractJson.read(body, type);
    }

    /** A parameter of the path. */
    public String path(String name) {
        return pathParameters.get(name);
    }
}
