/** Keys by which programs call the API, in place of a session: made, listed and revoked by users, presented as bearer tokens. */
package io.burnish.gateway.apikey;
