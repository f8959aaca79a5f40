package dev.farhand.board.parts;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/**
 * The files that a kernel begins with, in the form that it unpacks: cpio's {@code newc} (kernel's
 * {@code Documentation/driver-api/early-userspace/buffer-format.rst}). One thread.
 */
final class Initramfs {
  private static final int FOLDER = 0040755;
  private static final int PROGRAM = 0100755;
  private static final int CHARACTER_DEVICE = 0020600;
  private static final String END = "TRAILER!!!";

  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
  private int files;

  Initramfs folder(String name) {
    return entry(name, FOLDER, 0, 0, new byte[0]);
  }

  Initramfs program(String name, byte[] content) {
    return entry(name, PROGRAM, 0, 0, content);
  }

  /** Where the first process prints. */
  Initramfs console() {
    return entry("dev/console", CHARACTER_DEVICE, 5, 1, new byte[0]);
  }

  byte[] end() {
    entry(END, 0, 0, 0, new byte[0]);
    return archive.toByteArray();
  }

  private Initramfs entry(String name, int mode, int major, int minor, byte[] content) {
    int owner = 0;
    int links = 1;
    int time = 0;
    int checksum = 0;
    StringBuilder head = new StringBuilder("070701");
    for (int field :
        new int[] {
          ++files,
          mode,
          owner,
          owner,
          links,
          time,
          content.length,
          0,
          0,
          major,
          minor,
          name.length() + 1,
          checksum
        }) {
      head.append("%08X".formatted(field));
    }
    append((head + name + "\0").getBytes(US_ASCII));
    append(content);
    return this;
  }

  private void append(byte[] bytes) {
    archive.writeBytes(bytes);
    while (archive.size() % 4 != 0) {
      archive.write(0);
    }
  }
}
