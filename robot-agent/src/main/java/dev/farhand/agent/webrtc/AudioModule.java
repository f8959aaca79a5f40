package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The sound card that libwebrtc believes in: it opens no real one, and moves received sound to its
 * listeners. Any thread.
 *
 * <p>The library's headless module records what it plays, and gives that to all who send: sound
 * that programs supply would be mixed with it, and the process aborted as soon as both come at
 * once. A module that records already when libwebrtc attaches itself is not asked for its
 * recording; yet its recording thread still fetches what is to be played, which is all that
 * listeners need.
 */
final class AudioModule {
  private final HeadlessAudioDeviceModule module = new HeadlessAudioDeviceModule();

  /** One at a time: the module must not be started while it is being stopped. */
  private final Semaphore turn = new Semaphore(1);

  private int listeners;

  /** Makes what attaches itself to the module. */
  <T> T attach(Function<HeadlessAudioDeviceModule, T> factory) {
    start();
    T made = factory.apply(module);
    module.stopRecording();
    return made;
  }

  void begin() {
    alone(() -> listeners++);
  }

  void end() {
    alone(() -> listeners--);
  }

  /** Runs what may make libwebrtc stop the module: the last sender's end does. */
  void alone(Runnable change) {
    turn.acquireUninterruptibly();
    try {
      change.run();
      if (listeners > 0) {
        start();
      } else {
        module.stopRecording();
      }
    } finally {
      turn.release();
    }
  }

  void dispose() {
    module.stopRecording();
    Disposal.of(module);
  }

  private void start() {
    module.initRecording();
    module.startRecording();
  }
}
