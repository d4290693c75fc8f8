package io.arbalest.zone.host;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.sys.Libc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs that run in the network stacks of zones, each ended by its process id: servers and
 * clients of DHCP as people use them. Their files are below one folder.
 */
final class Clients implements AutoCloseable {
  private static final long PATIENCE = 10;

  private final Path folder;
  private final List<Process> running = new ArrayList<>();

  Clients(Path folder) {
    this.folder = folder;
  }

  /** Starts a program in the stack that is pinned there. */
  Process start(Path stack, String name, String... command) {
    List<String> line = new ArrayList<>(List.of("nsenter", "--net=" + stack));
    line.addAll(List.of(command));
    try {
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(file(name + ".log").toFile())
              .start();
      running.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a program to its end, which must be a good one. */
  void run(Path stack, String name, String... command) {
    Process process = start(stack, name, command);
    try {
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + log(name));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** dnsmasq for 10.77.0.0/24 and fd77::/64, its leases 120 seconds, which is its least. */
  Process dnsmasq(Path stack) {
    return start(
        stack,
        "dnsmasq",
        "dnsmasq",
        "--keep-in-foreground",
        "--conf-file=/dev/null",
        "--port=0",
        "--user=root",
        "--pid-file=" + file("dnsmasq.pid"),
        "--log-facility=-",
        "--log-dhcp",
        "--interface=net0",
        "--bind-interfaces",
        "--dhcp-authoritative",
        "--dhcp-leasefile=" + file("dnsmasq.leases"),
        "--dhcp-range=10.77.0.100,10.77.0.199,255.255.255.0,120",
        "--dhcp-range=fd77::1000,fd77::1fff,slaac,64,120",
        "--enable-ra");
  }

  Process udhcpc(Path stack, String name) {
    Path script =
        script(
            "udhcpc.sh",
            """
            case "$1" in
              deconfig) ip addr flush dev "$interface" scope global ;;
              bound|renew) ip addr replace "$ip/24" dev "$interface" ;;
            esac
            """);
    return start(
        stack, name, "udhcpc", "-f", "-i", "net0", "-t", "9", "-T", "1", "-s", script.toString());
  }

  /** dhclient for one family: "-4" or "-6"; its leases last as long as the folder. */
  Process dhclient(Path stack, String name, String family) {
    return start(stack, name, dhclientLine(name, family, "-d"));
  }

  /** Gives the lease of an earlier {@link #dhclient} back. */
  void release(Path stack, String name, String family) {
    run(stack, name + "-release", dhclientLine(name, family, "-r"));
  }

  private String[] dhclientLine(String name, String family, String how) {
    Path script =
        script(
            "dhclient.sh",
            """
            case "$reason" in
              BOUND|RENEW|REBIND|REBOOT) ip addr replace "$new_ip_address/24" dev "$interface" ;;
              EXPIRE|FAIL|RELEASE|STOP) ip -4 addr flush dev "$interface" ;;
              BOUND6|RENEW6|REBIND6) ip -6 addr replace "$new_ip6_address/64" dev "$interface" ;;
              RELEASE6|EXPIRE6|STOP6|DEPREF6)
                ip -6 addr del "$old_ip6_address/64" dev "$interface" ;;
            esac
            """);
    return new String[] {
      "dhclient",
      family,
      how,
      "-v",
      "-cf",
      "/dev/null",
      "-sf",
      script.toString(),
      "-lf",
      file(name + ".leases").toString(),
      "-pf",
      file(name + ".pid").toString(),
      "net0"
    };
  }

  private Path script(String name, String text) {
    try {
      Path path = file(name);
      Files.writeString(path, "#!/bin/sh\n" + text);
      if (!path.toFile().setExecutable(true)) {
        throw new AssertionError("cannot make " + path + " executable");
      }
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /** What a program has said. */
  String log(String name) {
    try {
      return Files.readString(file(name + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void signal(Process process, int signal) {
    if (Libc.kill((int) process.pid(), signal) != 0) {
      throw new AssertionError("no process " + process.pid());
    }
  }

  /** Ends a program without a chance to say goodbye. */
  void kill(Process process) {
    process.destroyForcibly();
    await(process);
    running.remove(process);
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        throw new AssertionError("process " + process.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sets a switch of a stack. */
  static void sysctl(NetworkNamespace stack, String key, String value) {
    stack.call(
        () -> {
          Path file = Path.of("/proc/sys/net", key.split("/"));
          try {
            Files.writeString(file, value);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return key;
        });
  }

  @Override
  public void close() {
    running.forEach(Process::destroyForcibly);
    running.forEach(Clients::await);
  }
}
