package io.arbalest.cli;

import io.arbalest.cli.host.AbsentHost;
import io.arbalest.cli.verb.Toolbox;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.Vni;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.InstanceName;
import io.arbalest.zone.ZoneSpec;
import io.arbalest.zone.daemon.ControlClient;
import io.arbalest.zone.daemon.Daemon;
import io.arbalest.zone.daemon.DaemonOptions;
import io.arbalest.zone.daemon.Invocation;
import io.arbalest.zone.daemon.ManagedHost;
import io.arbalest.zone.plan.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/**
 * A daemon that looks after nothing, asked a few things by itself.
 *
 * <p>The JVM's AOT cache is made by watching a run, and halves what a daemon's start costs. This is
 * that run. It needs no root, so it cannot reach the kernel; the classes that would are only
 * loaded.
 */
public final class DaemonRehearsal {
  private static final String OWN_CLASSES = "io/arbalest/";
  private static final String CLASS = ".class";

  private DaemonRehearsal() {}

  /**
   * Rehearses.
   *
   * @param arguments a folder for state and socket; it must exist
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Instance instance =
        new Instance(InstanceName.GLOBAL, folder.resolve("state"), folder.resolve("run"));
    DaemonOptions options = new DaemonOptions(instance, false, DaemonOptions.DEFAULT_LINGER);
    try (Daemon daemon =
        Daemon.start(
            options, at -> new Nothing(), host -> new Toolbox(Tools.of(new AbsentHost(""))))) {
      daemon.health();
      converse(new ControlClient(instance.controlSocket()));
    }
    loadOwnClasses();
  }

  private static void converse(ControlClient client) throws IOException {
    client.health();
    client.converge(everything(), frame -> {});
    client.desired();
    for (String words :
        List.of("help", "dladm show-vnic -p -o link", "ipadm show-addr", "zlogin")) {
      List<String> argv = List.of(words.split(" "));
      client.run(new Invocation(argv, Map.of("TERM", "vt100"), "/", 80, 0), frame -> {});
    }
  }

  private static HostSpec everything() {
    OverlaySpec overlay =
        OverlaySpec.of(
            new LinkName("net42"),
            new Vni(42),
            "direct",
            Map.of(
                "vxlan/listen_ip", "192.0.2.1",
                "direct/dest_ip", "192.0.2.2",
                "direct/dest_port", "4789"));
    return new HostSpec(
        List.of(new EtherstubSpec(new LinkName("stub0"))),
        List.of(overlay),
        List.of(ZoneSpec.stackOnly(new ZoneName("zone"))),
        List.of(),
        List.of());
  }

  /** Loads and links, but does not initialise: that is for a daemon that means it. */
  private static void loadOwnClasses() throws IOException {
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      try (JarFile jar = new JarFile(path)) {
        jar.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.startsWith(OWN_CLASSES) && name.endsWith(CLASS))
            .filter(name -> !name.endsWith("-info.class"))
            .forEach(DaemonRehearsal::load);
      }
    }
  }

  private static void load(String file) {
    String name = file.substring(0, file.length() - CLASS.length()).replace('/', '.');
    try {
      Class<?> loaded = Class.forName(name, false, DaemonRehearsal.class.getClassLoader());
      // Asking for its methods is what makes the JVM link a class without running any of it.
      if (loaded.getDeclaredMethods().length > Short.MAX_VALUE) {
        throw new IllegalStateException(name);
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A host without a kernel: what is wanted is there at once. */
  private static final class Nothing implements ManagedHost {
    private HostSpec spec = HostSpec.EMPTY;

    @Override
    public void settle(Progress progress) {
      progress.report("nothing");
    }

    @Override
    public synchronized void converge(HostSpec desired, Progress progress) {
      spec = desired;
    }

    @Override
    public synchronized HostSpec desired() {
      return spec;
    }

    @Override
    public Object state() {
      return desired();
    }

    @Override
    public List<String> problems() {
      return List.of();
    }

    @Override
    public boolean isEmpty() {
      return desired().isEmpty();
    }

    @Override
    public void vacate() {}

    @Override
    public void close() {}
  }
}
