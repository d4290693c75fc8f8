package io.arbalest.zone.host;

import io.arbalest.antispoof.learn.Learned;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.vnic.VnicKey;
import io.arbalest.zone.SpecJson;
import io.arbalest.zone.store.Kind;
import io.arbalest.zone.store.Store;
import io.arbalest.zone.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps what VNICs have learned over a restart of the daemon, a file for each VNIC.
 *
 * <p>Changes are written by a thread of its own, those of a moment together, so that a storm of
 * renewals costs few writes and an address is stored within a second of being opened. What cannot
 * be written is tried again, and told as a problem meanwhile.
 */
final class LearnedStore implements AutoCloseable {
  static final Kind<StoredLearned> LEARNED =
      new Kind<>("learned", StoredLearned.class, learned -> SpecStore.key(learned.vnic()));

  /** For so long changes gather, in milliseconds. */
  private static final long GATHER = 200;

  private final Store store;
  private final String boot;
  private final Supplier<List<Learned>> changes;
  private final Semaphore work = new Semaphore(0);

  /** What is to be written, of each VNIC the last. */
  private final Map<VnicKey, Learned> due = new LinkedHashMap<>();

  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile List<String> problems = List.of();

  private LearnedStore(Store store, String boot, Supplier<List<Learned>> changes) {
    this.store = store;
    this.boot = boot;
    this.changes = changes;
    this.thread = Thread.ofVirtual().name("learned").unstarted(this::run);
  }

  /**
   * Opens the files in an instance's state folder.
   *
   * @param boot which start of the machine this is
   * @param changes gives what has changed since it was last asked
   */
  static LearnedStore open(Path state, String boot, Supplier<List<Learned>> changes) {
    return new LearnedStore(Store.open(state, SpecJson.mapper()), boot, changes);
  }

  /**
   * Reads what was learned since the machine started, and forgets the rest. What cannot be read is
   * set aside and told as a problem.
   */
  List<Learned> load() {
    List<Learned> found = new ArrayList<>();
    for (StoredLearned stored : store.load(LEARNED)) {
      if (stored.boot().equals(boot)) {
        found.add(stored.learned());
      } else {
        store.remove(LEARNED, stored);
      }
    }
    problems = store.setAside().stream().map(SpecStore::sentence).toList();
    return found;
  }

  /** Writes changes from now on, whenever {@link #nudge} says that there are some. */
  void start() {
    thread.start();
  }

  /** There may be changes. Cheap. */
  void nudge() {
    work.release();
  }

  private void run() {
    while (closing.getCount() > 0) {
      work.acquireUninterruptibly();
      gather();
      write();
    }
  }

  private void gather() {
    try {
      closing.await(GATHER, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if somebody did, writing at once would be right.
    }
    work.drainPermits();
  }

  private void write() {
    changes.get().forEach(learned -> due.put(learned.vnic(), learned));
    try {
      for (Learned learned : List.copyOf(due.values())) {
        write(learned);
        due.remove(learned.vnic());
      }
      problems = store.setAside().stream().map(SpecStore::sentence).toList();
    } catch (StoreException | KernelException e) {
      problems = List.of("what VNICs have learned cannot be stored: " + e.getMessage());
      nudge();
    }
  }

  private void write(Learned learned) {
    StoredLearned stored = StoredLearned.of(learned, boot);
    if (learned.isEmpty()) {
      store.remove(LEARNED, stored);
    } else {
      store.put(LEARNED, stored);
    }
  }

  /** What is wrong, one sentence each. */
  List<String> problems() {
    return problems;
  }

  /** Removes the folder if it is empty; for a host that is, after {@link #close}. */
  void prune() {
    store.prune();
  }

  /** Writes what is due, and ends. */
  @Override
  public void close() {
    closing.countDown();
    nudge();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    write();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
