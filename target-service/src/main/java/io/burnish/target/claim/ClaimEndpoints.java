package io.burnish.target.claim;

import io.burnish.contracts.ServiceName;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.kit.call.InternalCall;
import io.burnish.kit.call.InternalEndpoint;
import io.burnish.kit.call.Refused;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** The claims of the filesystem service (ADR 5). */
final class ClaimEndpoints {

    private ClaimEndpoints() {}

    /** {@code POST /internal/target-claims}. */
    @ApplicationScoped
    static class Create implements InternalEndpoint {

        private final Database database;
        private final Claims claims;

        Create(Database database, Claims claims) {
            this.database = database;
            this.claims = claims;
        }

        @Override
        public HttpMethod method() {
            return HttpMethod.POST;
        }

        @Override
        public String path() {
            return "/target-claims";
        }

        @Override
        public Object handle(InternalCall call) {
            TargetClaim claim = call.body(TargetClaim.class);
            try {
                return database.transaction(tx -> claims.claim(tx, claim, ServiceName.FILESYSTEM));
            } catch (ClaimRefused e) {
                throw new Refused(e.refusal());
            }
        }
    }

    /** {@code POST /internal/target-claims/check}: 204, or what a claim would be refused for. */
    @ApplicationScoped
    static class Check implements InternalEndpoint {

        private final Database database;
        private final Claims claims;

        Check(Database database, Claims claims) {
            this.database = database;
            this.claims = claims;
        }

        @Override
        public HttpMethod method() {
            return HttpMethod.POST;
        }

        @Override
        public String path() {
            return "/target-claims/check";
        }

        @Override
        public Object handle(InternalCall call) {
            TargetClaim claim = call.body(TargetClaim.class);
            try {
                database.run(tx -> claims.check(tx, claim));
                return null;
            } catch (ClaimRefused e) {
                throw new Refused(e.refusal());
            }
        }
    }

    /** {@code POST /internal/target-claims/<key>/confirm}. */
    @ApplicationScoped
    static class Confirm implements InternalEndpoint {

        private final Database database;
        private final Claims claims;

        Confirm(Database database, Claims claims) {
            this.database = database;
            this.claims = claims;
        }

        @Override
        public HttpMethod method() {
            return HttpMethod.POST;
        }

        @Override
        public String path() {
            return "/target-claims/:key/confirm";
        }

        @Override
        public Object handle(InternalCall call) {
            database.run(tx -> claims.confirm(tx, call.path("key")));
            return null;
        }
    }

    /** {@code DELETE /internal/target-claims/<key>}. */
    @ApplicationScoped
    static class Release implements InternalEndpoint {

        private final Database database;
        private final Claims claims;

        Release(Database database, Claims claims) {
            this.database = database;
            this.claims = claims;
        }

        @Override
        public HttpMethod method() {
            return HttpMethod.DELETE;
        }

        @Override
        public String path() {
            return "/target-claims/:key";
        }

        @Override
        public Object handle(InternalCall call) {
            database.run(tx -> claims.release(tx, call.path("key")));
            return null;
        }
    }
}
