package io.arbalest.zone.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.antispoof.learn.Binding;
import io.arbalest.antispoof.learn.Learned;
import io.arbalest.antispoof.learn.LearnedPrefix;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.vnic.VnicKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedStoreTest {
  private static final VnicKey WEB = VnicKey.parse("web/net0");
  private static final VnicKey DB = VnicKey.parse("db/net0");
  private static final String BOOT = "this boot";

  @TempDir Path temporary;

  private final BlockingQueue<List<Learned>> changes = new LinkedBlockingQueue<>();

  private LearnedStore open(String boot) {
    return LearnedStore.open(
        temporary.resolve("state"),
        boot,
        () -> {
          @Nullable List<Learned> next = changes.poll();
          return next == null ? List.of() : next;
        });
  }

  private static Learned learned(VnicKey vnic) {
    return new Learned(
        vnic,
        7,
        List.of(
            new Binding(
                vnic, IpLiteral.parse("10.0.0.5"), DynamicMethod.DHCPV4, "10.0.0.1", "01ab", 99),
            new Binding(
                vnic, IpLiteral.parse("fe80::5"), DynamicMethod.SLAAC, "", "", Binding.FOREVER)),
        List.of(new LearnedPrefix(IpLiteral.parse("fd00::"), IpLiteral.parse("fe80::1"), 1234567)));
  }

  private static Learned nothing(VnicKey vnic) {
    return new Learned(vnic, 0, List.of(), List.of());
  }

  private void write(Learned... learned) {
    LearnedStore store = open(BOOT);
    store.start();
    changes.add(List.of(learned));
    store.close();
    assertThat(store.problems()).isEmpty();
  }

  private Path file(String name) {
    return temporary.resolve("state/learned").resolve(name);
  }

  @Test
  void givesBackWhatWasStored() {
    write(learned(WEB), learned(DB));
    assertThat(open(BOOT).load()).containsExactlyInAnyOrder(learned(WEB), learned(DB));
  }

  @Test
  void forgetsWhoHasNothingLeft() {
    write(learned(WEB), learned(DB));
    write(nothing(WEB));
    assertThat(open(BOOT).load()).containsExactly(learned(DB));
    write(nothing(DB), nothing(WEB));
    LearnedStore store = open(BOOT);
    assertThat(store.load()).isEmpty();
    store.prune();
    assertThat(temporary.resolve("state")).doesNotExist();
  }

  @Test
  void forgetsAnotherBoot() {
    write(learned(WEB));
    assertThat(open("next boot").load()).isEmpty();
    assertThat(file("web@net0.json")).doesNotExist();
  }

  @Test
  void setsAsideWhatCannotBeRead() throws Exception {
    write(learned(WEB), learned(DB));
    String good = Files.readString(file("web@net0.json"));
    for (String bad :
        List.of(
            "",
            "{",
            good.replace("10.0.0.5", "10.0.0"),
            good.replace("dhcpv4", "dhcpv5"),
            good.replace("fd00::", "10.0.0.0"),
            good.replace("web/net0", "db/net0"))) {
      Files.writeString(file("web@net0.json"), bad);
      LearnedStore store = open(BOOT);
      assertThat(store.load()).as(bad).containsExactly(learned(DB));
      assertThat(store.problems())
          .anyMatch(words -> words.contains("learned/web@net0.json.set-aside"));
      assertThat(file("web@net0.json")).doesNotExist();
    }
  }

  @Test
  void writesSoonAfterANudge() throws Exception {
    LearnedStore store = open(BOOT);
    store.start();
    changes.add(List.of(learned(WEB)));
    store.nudge();
    while (!Files.exists(file("web@net0.json"))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    store.close();
    assertThat(open(BOOT).load()).containsExactly(learned(WEB));
  }

  @Test
  void writesTheChangesOfAMomentTogether() {
    List<Integer> asked = new ArrayList<>();
    LearnedStore store =
        LearnedStore.open(
            temporary.resolve("state"),
            BOOT,
            () -> {
              asked.add(asked.size());
              return List.of(learned(WEB));
            });
    store.start();
    for (int i = 0; i < 10_000; i++) {
      store.nudge();
    }
    store.close();
    assertThat(asked.size()).isLessThan(100);
  }

  @Test
  void triesAgainWhatCouldNotBeWritten() throws Exception {
    LearnedStore store = open(BOOT);
    assertThat(store.load()).isEmpty();
    Files.delete(temporary.resolve("state/learned"));
    Files.writeString(temporary.resolve("state/learned"), "in the way");
    store.start();
    changes.add(List.of(learned(WEB)));
    store.nudge();
    while (store.problems().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(store.problems()).singleElement().asString().contains("cannot be stored");
    Files.delete(temporary.resolve("state/learned"));
    Files.createDirectory(
        temporary.resolve("state/learned"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    while (!store.problems().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    store.close();
    assertThat(open(BOOT).load()).containsExactly(learned(WEB));
  }
}
