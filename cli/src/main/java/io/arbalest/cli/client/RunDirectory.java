package io.arbalest.cli.client;

import java.io.File;
import java.util.Arrays;

/**
 * The folder under which every daemon of this machine keeps its run files: one folder per instance,
 * with the control socket in it.
 *
 * <p>Uses {@link File} rather than NIO's file system walk: fewer classes for each command.
 *
 * @param path the folder
 */
record RunDirectory(String path) {
  /** The instance of the machine's own daemon. */
  static final String GLOBAL = "global";

  private static final String SOCKET = "control.sock";

  /** The control socket of an instance, whether or not it exists. */
  String socket(String instance) {
    return path + "/" + instance + "/" + SOCKET;
  }

  /**
   * The instance that a host name means: the instance of that name, or the only one whose last part
   * it is ({@code alpha} for {@code two-hosts.alpha}).
   *
   * @param host what the operator typed; empty for the machine's own daemon
   * @throws ClientException if no instance, or more than one, has that name
   */
  String resolve(String host) {
    if (host.isEmpty() || host.equals(GLOBAL)) {
      return GLOBAL;
    }
    String[] instances = instances();
    String found = "";
    String candidates = "";
    int count = 0;
    for (String instance : instances) {
      if (instance.equals(host)) {
        return instance;
      }
      if (instance.endsWith("." + host)) {
        found = instance;
        candidates += (count++ == 0 ? "" : ", ") + instance;
      }
    }
    if (count == 0) {
      throw new ClientException(
          "no host '" + host + "'; the hosts here are: " + String.join(", ", known(instances)));
    }
    if (count > 1) {
      throw new ClientException("host '" + host + "' is ambiguous: " + candidates);
    }
    return found;
  }

  private String[] instances() {
    String[] names = new File(path).list();
    if (names == null) {
      return new String[0];
    }
    Arrays.sort(names);
    int count = 0;
    for (String name : names) {
      if (new File(socket(name)).exists()) {
        names[count++] = name;
      }
    }
    return Arrays.copyOf(names, count);
  }

  /** The global instance can always be named, because it is started on demand. */
  private static String[] known(String[] instances) {
    if (Arrays.asList(instances).contains(GLOBAL)) {
      return instances;
    }
    String[] known = new String[instances.length + 1];
    known[0] = GLOBAL;
    System.arraycopy(instances, 0, known, 1, instances.length);
    return known;
  }
}
