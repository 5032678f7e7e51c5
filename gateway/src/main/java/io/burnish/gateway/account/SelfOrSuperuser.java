package io.burnish.gateway.account;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;

/** The right to somebody's account. */
final class SelfOrSuperuser {

    private SelfOrSuperuser() {}

    /**
     * Does nothing if the caller owns the account or is a superuser.
     *
     * @throws ApiError 401 otherwise, whether the account exists or not
     */
    static void require(Principal caller, long accountId) {
        if (caller.level() != Level.SUPERUSER && (caller.level() == Level.ANONYMOUS || caller.userId() != accountId)) {
            throw ApiError.unauthorized();
        }
    }
}
