package io.arbalest.zone.lab;

import io.arbalest.zone.HostSpec;
import io.arbalest.zone.daemon.ManagedHost;
import io.arbalest.zone.plan.Progress;
import java.util.List;

/**
 * The main daemon's host, which has labs besides what it holds itself: it is not empty as long as a
 * lab is up.
 *
 * @param host what it holds itself
 * @param labs the labs of this machine
 */
public record HostWithLabs<H extends ManagedHost>(H host, Labs labs) implements ManagedHost {
  @Override
  public void settle(Progress progress) {
    host.settle(progress);
  }

  @Override
  public void tend() {
    host.tend();
  }

  @Override
  public void converge(HostSpec desired, Progress progress) {
    host.converge(desired, progress);
  }

  @Override
  public HostSpec desired() {
    return host.desired();
  }

  @Override
  public Object state() {
    return host.state();
  }

  @Override
  public List<String> problems() {
    return host.problems();
  }

  @Override
  public boolean isEmpty() {
    return host.isEmpty() && labs.isEmpty();
  }

  @Override
  public void vacate() {
    labs.prune();
    host.vacate();
  }

  @Override
  public void close() {
    host.close();
  }
}
