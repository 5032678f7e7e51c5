package io.burnish.simulator.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A LUN that the two servers of a pair see, and what is on it. Mutable: guarded by the laboratory's lock. */
public final class Lun {

    /** Page 0x83 identifier, for example {@code 3600140500000000000000000000000a1}. */
    public String serial;
    /** Kernel name on both servers, for example {@code sdb}. */
    public String name;
    /** Bytes. */
    public long size;
    /** {@code null}: nothing is on it. */
    public String uuid;
    /** {@code mgs}, {@code mdt} or {@code ost}. */
    public String role;

    public String fsname = "";
    public int index = -1;
    /** {@code scratch:OST0000} until the MGS has seen it, then {@code scratch-OST0000}. */
    public String label;

    public boolean registered;
    /** Where the MGS saw it last; {@code null}: never. */
    public String nid;
    /** Of an MGT: parameters {@code DEVICE KEY=VALUE} by configuration log. */
    public Map<String, List<String>> parameters = new LinkedHashMap<>();

    /** The MGS shall write the target's configuration log anew when it is mounted next. */
    public boolean writeconf;

    public List<String> mgsNids = new ArrayList<>();
    public int inodeSize;
    public long inodeCount;
    /** Server on which it is mounted; {@code null}: nowhere. */
    public String mountedOn;

    public String mountPoint;
    /** When it was mounted, in milliseconds since 1970. */
    public long mountedAt;
    /** How often {@code mkfs.lustre} has written to it. */
    public int formats;

    /** Device file on its servers. */
    public String device() {
        return "/dev/" + name;
    }

    /** The link that names it by its serial. */
    public String link() {
        return "/dev/disk/by-id/scsi-" + serial;
    }
}
