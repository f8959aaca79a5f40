package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.internal.DisposableNativeObject;

/** Gives native objects back. */
final class Disposal {
  private Disposal() {}

  /**
   * Drops our reference. The library throws an Error when another reference is left, after it has
   * dropped ours; closed peers keep such references for good, so that is no mistake of the caller.
   */
  static void of(DisposableNativeObject object) {
    try {
      object.dispose();
    } catch (Error e) {
      if (e.getClass() != Error.class) {
        throw e;
      }
    }
  }
}
