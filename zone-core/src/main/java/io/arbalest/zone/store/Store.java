package io.arbalest.zone.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The wanted objects of one daemon: {@code FOLDER/KEY.json} for each.
 *
 * <p>A file is {@code {"version": 1, "spec": {...}}}. Not safe for use by several threads; the
 * daemon's lock keeps other processes out.
 */
public final class Store {
  /** The format that is written, and the newest that is read. */
  static final int VERSION = 1;

  private static final String SUFFIX = ".json";
  private static final String ASIDE = ".json.set-aside-";
  private static final String TEMPORARY = ".tmp";
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._@-]{1,128}");

  private final SafeFolder root;
  private final JsonMapper json;
  private final Map<String, SafeFolder> folders = new TreeMap<>();
  private final Map<String, SetAside> setAside = new TreeMap<>();

  /** A stored file's outer form. */
  record Envelope(int version, JsonNode spec) {}

  private Store(SafeFolder root, JsonMapper json) {
    this.root = root;
    this.json = json;
  }

  /**
   * Opens the store in a folder, making the folder if need be.
   *
   * @throws StoreException if the folder is not this user's own and closed to others
   */
  public static Store open(Path folder, JsonMapper json) {
    return new Store(SafeFolder.open(folder), json);
  }

  /**
   * Reads all objects of a kind, sorted by key. A file that cannot be understood is set aside, and
   * what a crash left half written is removed.
   */
  public <T> List<T> load(Kind<T> kind) {
    SafeFolder folder = folder(kind);
    List<T> specs = new ArrayList<>();
    for (String name : folder.names()) {
      if (name.endsWith(TEMPORARY)) {
        folder.delete(name);
      } else if (name.contains(ASIDE)) {
        remember(kind, name, "set aside in an earlier run");
      } else if (name.endsWith(SUFFIX)) {
        read(kind, folder, name).ifPresent(specs::add);
      }
    }
    return specs;
  }

  private <T> Optional<T> read(Kind<T> kind, SafeFolder folder, String name) {
    try {
      T spec = decode(kind, folder.read(name, Json.MAX_LENGTH));
      if (!fileName(kind, spec).equals(name)) {
        throw new StoreException(
            "describes '" + kind.key().apply(spec) + "', not what its name says");
      }
      return Optional.of(spec);
    } catch (StoreException | JacksonException | IllegalArgumentException e) {
      setAside(kind, folder, name, words(e));
      return Optional.empty();
    }
  }

  private <T> T decode(Kind<T> kind, byte[] content) {
    Envelope envelope = json.readValue(content, Envelope.class);
    if (envelope.version() < 1 || envelope.version() > VERSION) {
      throw new StoreException(
          "version " + envelope.version() + " is not known, only 1 to " + VERSION);
    }
    return json.treeToValue(envelope.spec(), kind.type());
  }

  private static String words(RuntimeException e) {
    String message =
        e instanceof JacksonException parse ? parse.getOriginalMessage() : e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private void setAside(Kind<?> kind, SafeFolder folder, String name, String reason) {
    List<String> taken = folder.names();
    int number = 1;
    String stem = name.substring(0, name.length() - SUFFIX.length()) + ASIDE;
    while (taken.contains(stem + number)) {
      number++;
    }
    folder.rename(name, stem + number);
    remember(kind, stem + number, reason);
  }

  private void remember(Kind<?> kind, String file, String reason) {
    String key = file.substring(0, file.indexOf(ASIDE));
    setAside.putIfAbsent(
        kind.folder() + "/" + file, new SetAside(kind.folder(), key, file, reason));
  }

  /** Sets an object's file aside that can be read but not used, so that it cannot come back. */
  public <T> void setAside(Kind<T> kind, T spec, String reason) {
    setAside(kind, folder(kind), fileName(kind, spec), reason);
  }

  /** The files that were found unreadable and set aside, in this run or before. */
  public List<SetAside> setAside() {
    return List.copyOf(setAside.values());
  }

  /**
   * Stores an object in place of an older one with its key. When this returns, it survives a power
   * cut; when it throws, the older one is still there.
   */
  public <T> void put(Kind<T> kind, T spec) {
    byte[] content =
        json.writeValueAsString(new Envelope(VERSION, json.valueToTree(spec)))
            .getBytes(StandardCharsets.UTF_8);
    if (content.length > Json.MAX_LENGTH) {
      throw new StoreException(
          kind.key().apply(spec)
              + " takes "
              + content.length
              + " bytes, at most "
              + Json.MAX_LENGTH);
    }
    folder(kind).write(fileName(kind, spec), content);
  }

  /** Forgets an object; nothing happens if it is not stored. */
  public <T> void remove(Kind<T> kind, T spec) {
    folder(kind).delete(fileName(kind, spec));
  }

  /** Removes the folders that are empty, the store's own among them. */
  public void prune() {
    folders.values().forEach(SafeFolder::deleteIfEmpty);
    folders.clear();
    root.deleteIfEmpty();
  }

  private SafeFolder folder(Kind<?> kind) {
    return folders.computeIfAbsent(
        kind.folder(), name -> SafeFolder.open(root.path().resolve(name)));
  }

  private static <T> String fileName(Kind<T> kind, T spec) {
    String key = kind.key().apply(spec);
    if (!KEY.matcher(key).matches()) {
      throw new StoreException(
          "'" + key + "' cannot name a file: letters, digits and . _ @ - are allowed");
    }
    return key + SUFFIX;
  }
}
