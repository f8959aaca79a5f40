package dev.farhand.agent.webrtc;

/**
 * A track of ours on its way out. Confined to its peer's executor.
 *
 * @param <F> a frame
 */
sealed interface MediaSender<F> permits VideoSender, AudioSender, CameraSender {
  /** Its identifier in the descriptions. */
  String id();

  void push(F frame);

  /** After the peer has closed. */
  void dispose();
}
