package dev.faultline.runtime;

/** What the loops of a cluster have in common. */
record Surroundings(
        Geometry geometry,
        StorageContainer storage,
        IoPool ioPool,
        PendingCalls pending,
        Counters counters,
        DiskNames disks) {}
