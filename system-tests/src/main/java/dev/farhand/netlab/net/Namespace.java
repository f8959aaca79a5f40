package dev.farhand.netlab.net;

import java.util.ArrayList;
import java.util.List;

/**
 * One network namespace: a host or a router of the lab. Any thread.
 *
 * @param name as {@code ip netns} knows it
 */
public record Namespace(String name) implements Place {
  static Namespace make(String name) {
    Tool.run("ip", "netns", "add", name);
    Namespace made = new Namespace(name);
    made.ip("link set lo up");
    return made;
  }

  @Override
  public List<String> command(List<String> inside) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
    command.addAll(inside);
    return command;
  }

  /** Runs lines of {@code ip} inside, such as {@code link set lan down}. */
  public void ip(String... lines) {
    Tool.feed(String.join("\n", lines), List.of("ip", "-n", name, "-batch", "-"));
  }

  /** Gives a script to {@code nft} inside: all of it happens, or nothing. */
  public void nft(String script) {
    Tool.feed(script, command(List.of("nft", "-f", "-")));
  }

  /** Makes it a router. */
  void forward() {
    Tool.run(
        command(
                List.of(
                    "sh",
                    "-c",
                    "cd /proc/sys/net/ipv4 && echo 1 >ip_forward && echo 0 >conf/all/send_redirects"
                        + " && echo 0 >conf/default/send_redirects"))
            .toArray(String[]::new));
  }

  /** Ends what still runs inside, which could keep it alive, and removes it with its interfaces. */
  void remove() {
    Tool.run("ip", "netns", "pids", name)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(
            pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
    Tool.run("ip", "netns", "delete", name);
  }
}
