package io.burnish.simulator.program;

import java.util.Map;

/** Lustre's own programs, {@code mount} and the modules (real Lustre: exit codes and texts of 2.15 and later). */
final class LustrePrograms {

    private LustrePrograms() {}

    static void addTo(Map<String, Program> programs) {
        programs.put("mkfs.lustre", TargetFormat::mkfs);
        programs.put("tunefs.lustre", TargetFormat::tunefs);
        programs.put("mount", Mounts::mount);
        programs.put("umount", Mounts::umount);
        programs.put("lctl", LustreControl::lctl);
        programs.put("lnetctl", LustreControl::lnetctl);
        programs.put("modprobe", KernelModules::modprobe);
        programs.put("rmmod", KernelModules::rmmod);
    }
}
