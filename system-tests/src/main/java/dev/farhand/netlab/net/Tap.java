package dev.farhand.netlab.net;

import java.util.List;

/**
 * A virtual machine's network card, as its host has it. One thread.
 *
 * @param where the machine's emulator has to run
 * @param face its name there
 * @param address that the machine has to give itself, in a network of 24 bits
 * @param router of that network
 */
public record Tap(Namespace where, String face, String address, String router) implements Place {
  @Override
  public List<String> command(List<String> inside) {
    return where.command(inside);
  }

  /** From now on nothing gets through, without the machine being told. */
  public void cut() {
    where.ip("link set " + face + " down");
  }

  /** Ends a {@link #cut}. */
  public void mend() {
    where.ip("link set " + face + " up");
  }
}
