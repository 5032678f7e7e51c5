package io.burnish.gateway.account;

/** CDI event: an account has other rights or another name than before, or is gone. What is remembered of it is out of date. */
public record AccountChanged(long accountId) {}
