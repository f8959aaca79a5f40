package dev.farhand.agent.terminal;

/**
 * One key of a terminal.
 *
 * @param character what it typed; 0 unless the name is {@code CHARACTER}
 */
record Key(Name name, char character) {
  enum Name {
    UP,
    DOWN,
    LEFT,
    RIGHT,
    ENTER,
    TAB,
    BACKSPACE,
    ESCAPE,
    /** Ctrl with the space bar. */
    CONTROL_SPACE,
    /** Ctrl with this letter. */
    CONTROL_A,
    CONTROL_G,
    CONTROL_R,
    CONTROL_T,
    /** Ctrl-D, or nothing more will come. */
    END,
    CHARACTER,
    /** Any other; of no meaning here. */
    OTHER
  }

  static Key of(Name name) {
    return new Key(name, '\0');
  }

  static Key typed(char character) {
    return new Key(Name.CHARACTER, character);
  }
}
