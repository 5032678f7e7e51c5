package io.burnish.agent.action;

import io.burnish.agent.AgentTimings;
import io.burnish.agent.Life;
import io.burnish.agent.NamedLocks;
import io.burnish.agent.system.HostSystem;

/** What all runs of actions of one life share. */
public record RunnerSettings(HostSystem host, AgentTimings timings, Life life, AgentExit exit, NamedLocks locks) {}
