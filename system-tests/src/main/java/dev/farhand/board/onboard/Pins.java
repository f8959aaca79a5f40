package dev.farhand.board.onboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The levels of some lines of {@code gpiochip0}, as the kernel's debugfs shows them: {@code 1} and
 * {@code 0} for an output that a program holds, {@code i} for an input. It shows no line that
 * nobody holds; what such a line does is read from the chip's own register (PL061 manual,
 * GPIODATA), as {@code H} and {@code L}. One thread.
 */
final class Pins {
  private static final Path DEBUGFS = Path.of("/sys/kernel/debug/gpio");
  private static final Pattern CHIP =
      Pattern.compile(
          "^gpiochip0: (?:GPIOs (\\d+)-)?.* (\\p{XDigit}+)\\.pl061:", Pattern.MULTILINE);
  private static final Pattern LINE =
      Pattern.compile("^ gpio-(\\d+) +\\(.*\\) (in|out) +(hi|lo)", Pattern.MULTILINE);

  /** All eight bits: bits 9 to 2 of the address are the mask. */
  private static final long DATA = 0x3fc;

  private static final long REGISTER_NANOS = 300_000_000;
  private static final int MOST_BYTES = 16_384;

  private final List<Integer> lines;
  private final Shell shell = new Shell();
  private final FileChannel debugfs = FileChannel.open(DEBUGFS);
  private ByteBuffer text = ByteBuffer.allocate(0);
  private ByteBuffer next = ByteBuffer.allocate(MOST_BYTES);
  private String states = "";
  private boolean held;
  private long registerRead;

  Pins(List<Integer> lines) throws IOException {
    this.lines = lines;
  }

  /** A letter a line, in their order. */
  String look() throws IOException {
    // The same text means the same states, unless nobody holds a line: then the register is read,
    // which takes a new process, at once and later now and then. The board has better things to do.
    next.clear();
    while (debugfs.read(next, next.position()) > 0) {}
    next.flip();
    boolean due = !held && System.nanoTime() - registerRead >= REGISTER_NANOS;
    if (due || !next.equals(text)) {
      states = states(UTF_8.decode(next.duplicate()).toString());
    }
    ByteBuffer last = text.capacity() == 0 ? ByteBuffer.allocate(MOST_BYTES) : text;
    text = next;
    next = last;
    return states;
  }

  private String states(String text) throws IOException {
    Matcher chip = CHIP.matcher(text);
    if (!chip.find()) {
      throw new IOException("debugfs shows no gpiochip0: " + text);
    }
    int first = chip.group(1) == null ? 0 : Integer.parseInt(chip.group(1));
    char[] states = new char[lines.size()];
    for (Matcher line = LINE.matcher(text); line.find(); ) {
      int place = lines.indexOf(Integer.parseInt(line.group(1)) - first);
      if (place >= 0) {
        states[place] = state(line.group(2), line.group(3));
      }
    }
    complete(states, chip.group(2));
    return new String(states);
  }

  private static char state(String direction, String level) {
    if (direction.equals("in")) {
      return 'i';
    }
    return level.equals("hi") ? '1' : '0';
  }

  private void complete(char[] states, String chip) throws IOException {
    held = true;
    int data = -1;
    for (int i = 0; i < states.length; i++) {
      if (states[i] == 0) {
        held = false;
        data = data < 0 ? data(chip) : data;
        states[i] = (data >> lines.get(i) & 1) == 1 ? 'H' : 'L';
      }
    }
  }

  private int data(String chip) throws IOException {
    long address = Long.parseLong(chip, 16) + DATA;
    int data = Integer.decode(shell.ask("busybox devmem 0x" + Long.toHexString(address) + " 32"));
    registerRead = System.nanoTime();
    return data;
  }
}
