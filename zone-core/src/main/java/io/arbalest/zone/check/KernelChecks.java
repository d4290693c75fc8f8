package io.arbalest.zone.check;

import io.arbalest.zone.check.Finding.Level;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel says of itself. */
final class KernelChecks {
  private static final int MAJOR = 6;
  private static final int MINOR = 1;
  private static final Pattern RELEASE = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4}).*");
  private static final String UNKNOWN = "unknown";

  private KernelChecks() {}

  static List<Finding> of(SystemFiles files) {
    return List.of(
        release(files),
        Finding.of(
            files.knowsFilesystem("bpf"),
            Level.FAIL,
            "bpf file system",
            files.knowsFilesystem("bpf") ? "there" : "not there",
            "the rules are pinned in it, so that they outlive the daemon",
            "a kernel with CONFIG_BPF_SYSCALL"),
        Finding.of(
            files.exists("sys/kernel/btf/vmlinux"),
            Level.WARN,
            "BTF of the kernel",
            files.exists("sys/kernel/btf/vmlinux") ? "there" : "not there",
            "without it tools such as bpftool cannot show what the kernel's programs read",
            "a kernel with CONFIG_DEBUG_INFO_BTF"),
        Finding.of(
            files.knowsFilesystem("cgroup2"),
            Level.WARN,
            "cgroup v2",
            files.knowsFilesystem("cgroup2") ? "there" : "not there",
            "limits of zones need it",
            "a kernel with CONFIG_CGROUPS"));
  }

  private static Finding release(SystemFiles files) {
    String release = files.sysctl("kernel/osrelease").orElse(UNKNOWN);
    return Finding.of(
        isNewEnough(release),
        Level.FAIL,
        "kernel",
        release,
        "protection and switch use what Linux 6.1 has",
        "a kernel of 6.1 or newer");
  }

  private static boolean isNewEnough(String release) {
    Matcher parts = RELEASE.matcher(release);
    if (!parts.matches()) {
      return false;
    }
    int major = Integer.parseInt(parts.group(1));
    return major > MAJOR || (major == MAJOR && Integer.parseInt(parts.group(2)) >= MINOR);
  }
}
