package io.arbalest.zone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreTest {
  private static final Kind<Thing> THINGS = new Kind<>("things", Thing.class, Thing::name);

  @TempDir Path temp;
  private Path state;

  record Thing(String name, int size, Optional<MacAddress> mac) {
    Thing {
      if (size > 10) {
        throw new IllegalArgumentException("size " + size + " must be at most 10");
      }
    }

    static Thing of(String name) {
      return new Thing(name, 1, Optional.of(MacAddress.parse("2:8:20:0:0:1")));
    }
  }

  @BeforeEach
  void prepare() {
    state = temp.resolve("state");
  }

  private Store open() {
    return Store.open(state, new Json().text(MacAddress.class, MacAddress::parse).mapper());
  }

  private Path file(String name) {
    return state.resolve("things").resolve(name);
  }

  private Path plant(String name, String content) throws IOException {
    if (!Files.exists(state)) {
      open().load(THINGS);
    }
    return Files.writeString(file(name), content);
  }

  @Test
  void shouldFindAfterReopeningWhatWasStored() throws IOException {
    Store store = open();
    store.put(THINGS, Thing.of("b"));
    store.put(THINGS, Thing.of("a"));
    store.put(THINGS, new Thing("b", 2, Optional.empty()));
    store.put(THINGS, Thing.of("c"));
    store.remove(THINGS, Thing.of("c"));
    store.remove(THINGS, Thing.of("never-there"));
    assertThat(open().load(THINGS))
        .containsExactly(Thing.of("a"), new Thing("b", 2, Optional.empty()));
    assertThat(Files.readString(file("a.json")))
        .isEqualTo("{\"version\":1,\"spec\":{\"name\":\"a\",\"size\":1,\"mac\":\"2:8:20:0:0:1\"}}");
  }

  @Test
  void shouldKeepEverythingFromOtherUsers() throws IOException {
    open().put(THINGS, Thing.of("a"));
    assertThat(permissions(state)).isEqualTo("rwx------");
    assertThat(permissions(state.resolve("things"))).isEqualTo("rwx------");
    assertThat(permissions(file("a.json"))).isEqualTo("rw-------");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                        | No content to map",
        "{\"version\":1,\"spec\":{\"name\":\"a\"                       | Unexpected end-of-input",
        "{\"version\":1,\"spec\":{\"name\":\"a\",\"size\":1,\"mac\":null,\"x\":1}} | Unrecognized"
            + " property \"x\"",
        "{\"version\":1,\"spec\":{\"name\":\"a\",\"size\":1,\"size\":2,\"mac\":null}} | Duplicate",
        "{\"version\":1,\"spec\":{\"name\":\"a\"}}                     | size",
        "{\"version\":2,\"spec\":{}}                                 | version 2 is not known",
        "{\"version\":1,\"spec\":{\"name\":\"b\",\"size\":1,\"mac\":null}} | describes 'b'",
        "{\"version\":1,\"spec\":{\"name\":\"a\",\"size\":11,\"mac\":null}} | size 11 must be at"
            + " most 10",
        "{\"version\":1,\"spec\":{\"name\":\"a\",\"size\":1,\"mac\":\"zz\"}} | invalid MAC address"
            + " 'zz'",
        "{\"version\":1,\"spec\":{\"name\":\"a\",\"size\":1,\"mac\":null}} x | Unrecognized token"
      })
  void shouldSetAsideWhatItDoesNotUnderstand(String content, String reason) throws IOException {
    plant("a.json", content);
    open().put(THINGS, Thing.of("good"));
    Store store = open();
    assertThat(store.load(THINGS)).containsExactly(Thing.of("good"));
    assertThat(store.setAside()).hasSize(1);
    SetAside aside = store.setAside().getFirst();
    assertThat(aside.key()).isEqualTo("a");
    assertThat(aside.reason()).contains(reason);
    assertThat(file("a.json")).doesNotExist();
    assertThat(file(aside.file())).hasContent(content);
  }

  @Test
  void shouldGoOnNamingWhatAnEarlierRunSetAsideAndNeverOverwriteIt() throws IOException {
    plant("a.json", "first");
    open().load(THINGS);
    plant("a.json", "second");
    open().load(THINGS);
    Store store = open();
    store.load(THINGS);
    assertThat(store.setAside())
        .extracting(SetAside::file)
        .containsExactly("a.json.set-aside-1", "a.json.set-aside-2");
    assertThat(file("a.json.set-aside-1")).hasContent("first");
    assertThat(file("a.json.set-aside-2")).hasContent("second");
  }

  @Test
  void shouldSetAsideLinksAndHugeAndDeepFiles() throws IOException {
    plant("huge.json", " ".repeat(Json.MAX_LENGTH + 1));
    plant("deep.json", "{\"version\":1,\"spec\":" + "[".repeat(40) + "]".repeat(40) + "}");
    Files.createSymbolicLink(file("link.json"), plant("target", "{}"));
    Store store = open();
    assertThat(store.load(THINGS)).isEmpty();
    assertThat(store.setAside()).extracting(SetAside::key).containsExactly("deep", "huge", "link");
    assertThat(store.setAside().get(0).reason()).contains("depth");
    assertThat(store.setAside().get(1).reason()).contains("at most 1048576 bytes");
    assertThat(file("target")).hasContent("{}");
  }

  @Test
  void shouldRemoveWhatACrashLeftHalfWritten() throws IOException {
    plant("a.json.tmp", "{\"ver");
    assertThat(open().load(THINGS)).isEmpty();
    assertThat(file("a.json.tmp")).doesNotExist();
  }

  @Test
  void shouldRefuseAFolderThatIsALinkOrOpenToOthers() throws IOException {
    Path real = Files.createDirectory(temp.resolve("real"));
    Files.createSymbolicLink(state, real);
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not a symbolic link");
    Files.delete(state);
    Files.createDirectory(
        state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has mode rwxr-x---")
        .hasMessageContaining("chmod 700");
  }

  @ParameterizedTest
  @CsvSource({"../x", "a/b", "..\\x", "''", "'a b'"})
  void shouldRefuseKeysThatAreNotPlain(String key) {
    Store store = open();
    assertThatThrownBy(() -> store.put(THINGS, Thing.of(key)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("'" + key + "'");
  }

  @Test
  void shouldKeepTheOldContentWhenAnyStepOfWritingFails() {
    Store store = open();
    Thing old = Thing.of("a");
    store.put(THINGS, old);
    int steps = 2;
    for (int step = 1; step <= steps; step++) {
      try (Failpoint.Armed armed = Failpoint.arm(step + ":ENOSPC")) {
        assertThatThrownBy(() -> store.put(THINGS, new Thing("a", 2, Optional.empty())))
            .isInstanceOf(KernelException.class)
            .hasMessageContaining("No space left on device");
        assertThat(armed.hits()).hasSize(step);
      }
      assertThat(open().load(THINGS)).containsExactly(old);
      assertThat(open().setAside()).isEmpty();
    }
  }

  @Test
  void shouldLeaveNothingOfAnEmptyStoreAndEverythingOfAnother() {
    Store store = open();
    store.put(THINGS, Thing.of("a"));
    store.prune();
    assertThat(open().load(THINGS)).isEqualTo(List.of(Thing.of("a")));
    store.remove(THINGS, Thing.of("a"));
    store.prune();
    assertThat(state).doesNotExist();
  }
}
