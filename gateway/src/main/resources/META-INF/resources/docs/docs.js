"use strict";

/** The token that POST must repeat from the cookie. */
function csrfToken() {
  const cookie = document.cookie.split("; ").find((text) => text.startsWith("csrftoken="));
  return cookie === undefined ? "" : cookie.substring("csrftoken=".length);
}

SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  // the badge would tell another site about this document
  validatorUrl: null,
  requestInterceptor: (request) => {
    if (request.method === "POST") {
      request.headers["X-CSRFToken"] = csrfToken();
    }
    return request;
  },
});
