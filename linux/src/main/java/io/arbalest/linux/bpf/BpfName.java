package io.arbalest.linux.bpf;

import java.util.regex.Pattern;

/** What the kernel takes as the name of a map or program, {@code bpf_obj_name_cpy()}. */
final class BpfName {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_.]{1,15}");

  private BpfName() {}

  /**
   * @throws IllegalArgumentException if the kernel would refuse or cut the name
   */
  static String check(String what, String name) {
    if (!ALLOWED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + " name '" + name + "': 1 to 15 letters, digits, '_' and '.' are allowed");
    }
    return name;
  }
}
