package dev.farhand.netlab.net;

import java.util.List;

/** Where a program runs. */
public interface Place {
  /** This machine's own network. */
  Place HERE = inside -> inside;

  /** The command that runs this one there; the process is the same. */
  List<String> command(List<String> inside);
}
