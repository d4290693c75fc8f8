package io.arbalest.linux.netns;

import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import java.nio.file.Path;

/**
 * The namespaces of a stack-only zone: a user namespace with a uid range of its own, and a network
 * namespace that it owns.
 *
 * <p>The owner matters: root of the zone has every capability over its stack, and none over the
 * host or over what the host attached to the host's end of the zone's links.
 */
public final class StackNamespaces implements AutoCloseable {
  private final UserNamespace user;
  private final NetworkNamespace network;

  private StackNamespaces(UserNamespace user, NetworkNamespace network) {
    this.user = user;
    this.network = network;
  }

  /**
   * Makes both. They go away with {@link #close()} unless pinned before.
   *
   * @throws KernelException EPERM without CAP_SYS_ADMIN, ENOSPC when {@code
   *     user.max_user_namespaces} or {@code user.max_net_namespaces} is reached
   */
  public static StackNamespaces create(UidRange ids) {
    try (ClonedChild child = ClonedChild.start(Nsfs.USER | Nsfs.NET)) {
      child.write("uid_map", ids.toMap());
      child.write("gid_map", ids.toMap());
      Fd user = child.namespace("user", Nsfs.USER);
      try {
        Fd network = child.namespace("net", Nsfs.NET);
        return new StackNamespaces(new UserNamespace(user), new NetworkNamespace(network));
      } catch (KernelException | NotANamespaceException e) {
        user.close();
        throw e;
      }
    }
  }

  /**
   * Pins both, or neither.
   *
   * @throws KernelException EEXIST if a path exists
   */
  public void pin(Path networkPath, Path userPath) {
    user.pin(userPath);
    try {
      network.pin(networkPath);
    } catch (RuntimeException e) {
      UserNamespace.unpin(userPath);
      throw e;
    }
  }

  public UserNamespace user() {
    return user;
  }

  public NetworkNamespace network() {
    return network;
  }

  @Override
  public void close() {
    network.close();
    user.close();
  }
}
