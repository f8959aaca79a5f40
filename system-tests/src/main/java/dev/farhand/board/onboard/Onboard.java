package dev.farhand.board.onboard;

import java.util.List;

/** What has to be copied to the board. */
public final class Onboard {
  public static final List<Class<?>> CLASSES =
      List.of(Witness.class, Pins.class, Shell.class, Victim.class);

  private Onboard() {}
}
