package dev.farhand.agent.webrtc;

import java.nio.ShortBuffer;

/**
 * A stretch of sound: 16-bit PCM at 48 kHz, the channels' samples in turn.
 *
 * @param channels 1 or 2
 * @param samples {@code 480 * channels} of them are 10 ms, as received frames have. Not copied:
 *     they must not change any more.
 */
public record AudioFrame(int channels, ShortBuffer samples) {
  /** Samples a second and channel. */
  public static final int SAMPLE_RATE = 48_000;

  /** Samples a channel in the 10 ms that WebRTC handles at once. */
  public static final int SAMPLES_PER_FRAME = SAMPLE_RATE / 100;

  /**
   * @throws IllegalArgumentException if the samples cannot be so many channels'
   */
  public AudioFrame {
    if (channels < 1 || channels > 2) {
      throw new IllegalArgumentException("Sound has 1 or 2 channels here, not " + channels + ".");
    }
    if (samples.remaining() % channels != 0) {
      throw new IllegalArgumentException(
          samples.remaining() + " samples are not a multiple of " + channels + " channels.");
    }
    samples = samples.slice().asReadOnlyBuffer();
  }

  /** Of one channel; the array must not change any more. */
  public static AudioFrame mono(short[] samples) {
    return new AudioFrame(1, ShortBuffer.wrap(samples));
  }

  /** The samples, read-only, with a position of the caller's own. */
  @Override
  public ShortBuffer samples() {
    return samples.duplicate();
  }
}
