package dev.farhand.netlab.net;

/** Whose network it is. */
public enum Side {
  OPERATOR,
  ROBOT
}
