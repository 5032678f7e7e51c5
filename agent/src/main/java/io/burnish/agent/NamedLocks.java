package io.burnish.agent;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** Locks of one agent for things of its server that actions and discovery both touch, for example a ZFS pool. */
public final class NamedLocks {

    private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** Does something while nobody else of this agent does it for the same name. */
    public <T> T holding(String name, Task<T> task) throws InterruptedException {
        ReentrantLock lock = locks.computeIfAbsent(name, absent -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            return task.run();
        } finally {
            lock.unlock();
        }
    }

    /** Something to do. */
    @FunctionalInterface
    public interface Task<T> {
        /** Does it. */
        T run() throws InterruptedException;
    }
}
