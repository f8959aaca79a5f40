package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** A sound of ours. Cuts frames of any length into the 10 ms that libwebrtc takes. */
final class AudioSender implements MediaSender<AudioFrame> {
  private final String id;
  private final CustomAudioSource source;
  private final AudioTrack track;
  private ByteBuffer begun = ByteBuffer.allocate(0);
  private int channels;
  private boolean disposed;

  AudioSender(String id, CustomAudioSource source, AudioTrack track) {
    this.id = id;
    this.source = source;
    this.track = track;
  }

  @Override
  public String id() {
    return id;
  }

  AudioTrack track() {
    return track;
  }

  @Override
  public void push(AudioFrame frame) {
    if (frame.channels() != channels) {
      channels = frame.channels();
      begin();
    }
    ShortBuffer samples = frame.samples();
    while (!disposed && samples.hasRemaining()) {
      begun.putShort(samples.get());
      if (!begun.hasRemaining()) {
        source.pushAudio(
            begun.array(),
            Short.SIZE,
            AudioFrame.SAMPLE_RATE,
            channels,
            AudioFrame.SAMPLES_PER_FRAME);
        begin();
      }
    }
  }

  @Override
  public void dispose() {
    disposed = true;
    Disposal.of(track);
    source.dispose();
  }

  private void begin() {
    begun =
        ByteBuffer.allocate(AudioFrame.SAMPLES_PER_FRAME * channels * Short.BYTES)
            .order(ByteOrder.nativeOrder());
  }
}
