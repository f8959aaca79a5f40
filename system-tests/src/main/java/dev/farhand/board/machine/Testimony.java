package dev.farhand.board.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** What the witness has said so far. A thread of its own listens; any thread may ask. */
public final class Testimony {
  private final List<Sight> sights = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private volatile long longestGap;
  private volatile boolean silent;

  /**
   * Begins to listen.
   *
   * @param record where every word is written down
   */
  Testimony(BufferedReader lines, Path record) {
    Thread listener = new Thread(() -> listen(lines, record), "testimony");
    listener.setDaemon(true);
    listener.start();
  }

  private void listen(BufferedReader lines, Path record) {
    try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(record), true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        writer.println(line);
        hear(line);
      }
    } catch (IOException e) {
      // The board has been switched off.
    }
    silent = true;
  }

  private void hear(String line) {
    String[] words = line.strip().split(" ", -1);
    switch (words[0]) {
      case "pins" ->
          sights.add(
              new Sight(Long.parseLong(words[1]), Long.parseLong(words[2]), new Pins(words[3])));
      case "looks" -> longestGap = Math.max(longestGap, Long.parseLong(words[3]));
      default -> answers.add(line.strip());
    }
  }

  /** All changes from an instant on, the oldest first. */
  public List<Sight> since(long nanos) {
    return sights.stream().filter(sight -> sight.at() > nanos).toList();
  }

  /** How the pins were at an instant. */
  public Optional<Sight> at(long nanos) {
    return sights.stream().filter(sight -> sight.at() <= nanos).reduce((older, newer) -> newer);
  }

  /** How the pins were last seen. */
  public Optional<Sight> last() {
    return sights.isEmpty() ? Optional.empty() : Optional.of(sights.get(sights.size() - 1));
  }

  /** The longest time between two looks, in nanoseconds. */
  public long longestGap() {
    return longestGap;
  }

  /** What the witness answered and nobody has taken yet. */
  Optional<String> answer() {
    if (silent && answers.isEmpty()) {
      throw new IllegalStateException("The board has ended.");
    }
    return Optional.ofNullable(answers.poll());
  }
}
