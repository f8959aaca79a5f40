package dev.farhand.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one process takes from now on, by the kernel's own count ({@code proc(5)}). One thread. */
final class Meter {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  /** USER_HZ: the kernel's for programs, whatever it uses itself. */
  private static final double TICKS_A_SECOND = 100;

  /** Of the fields behind the program's name. */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;

  private final Path kernel;
  private final long beganAt = System.nanoTime();
  private final long ticksBefore;
  private double megabytes;

  Meter(ProcessHandle process) {
    kernel = Path.of("/proc", String.valueOf(process.pid()));
    ticksBefore = ticks();
  }

  /**
   * What it has taken.
   *
   * @param megabytes of memory of its own and shared, the most of all looks
   * @param cpuPercent of one core
   */
  record Usage(double megabytes, double cpuPercent) {}

  /** Looks how much memory it has just now. */
  void look() {
    Matcher resident = RESIDENT.matcher(read("status"));
    if (!resident.find()) {
      throw new IllegalStateException(kernel + " has ended.");
    }
    megabytes = Math.max(megabytes, Double.parseDouble(resident.group(1)) / 1024);
  }

  Usage usage() {
    double seconds = (System.nanoTime() - beganAt) / 1e9;
    return new Usage(megabytes, 100 * (ticks() - ticksBefore) / TICKS_A_SECOND / seconds);
  }

  private long ticks() {
    String stat = read("stat");
    // The name may have blanks and brackets in it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
  }

  private String read(String file) {
    try {
      return Files.readString(kernel.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
