package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ShortBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A tone, as fast as it is to be played, and how much of one is in a sound. */
final class Tones {
  private static final double AMPLITUDE = 8000;

  private final double hertz;
  private long played;
  private long begun;

  Tones(double hertz) {
    this.hertz = hertz;
  }

  /** The next 10 ms, when they are due. */
  AudioFrame next() throws InterruptedException {
    return next(AudioFrame.SAMPLES_PER_FRAME);
  }

  /** The next so many samples, when they are due. */
  AudioFrame next(int count) throws InterruptedException {
    if (played == 0) {
      begun = System.nanoTime();
    }
    short[] samples = new short[count];
    for (int i = 0; i < count; i++, played++) {
      samples[i] =
          (short) (AMPLITUDE * Math.sin(2 * Math.PI * hertz * played / AudioFrame.SAMPLE_RATE));
    }
    long due = begun + played * 1_000_000_000L / AudioFrame.SAMPLE_RATE;
    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
    return AudioFrame.mono(samples);
  }

  /** Waits for 100 ms of sound that is mostly one tone and hardly another. */
  static void await(BlockingQueue<AudioFrame> frames, double wanted, double unwanted)
      throws InterruptedException {
    double best = 0;
    for (int i = 0; i < 100; i++) {
      short[] sound = sound(frames);
      best = Math.max(best, strength(sound, wanted));
      if (strength(sound, wanted) > 0.7 * AMPLITUDE
          && strength(sound, unwanted) < 0.1 * AMPLITUDE) {
        return;
      }
    }
    throw new AssertionError(wanted + " Hz were not heard; at best with " + best);
  }

  private static short[] sound(BlockingQueue<AudioFrame> frames) throws InterruptedException {
    short[] sound = new short[10 * AudioFrame.SAMPLES_PER_FRAME];
    for (int at = 0; at < sound.length; at += AudioFrame.SAMPLES_PER_FRAME) {
      AudioFrame frame = frames.poll(10, TimeUnit.SECONDS);
      assertThat(frame).isNotNull();
      ShortBuffer samples = frame.samples();
      for (int i = 0; i < AudioFrame.SAMPLES_PER_FRAME; i++) {
        sound[at + i] = samples.get(i * frame.channels());
      }
    }
    return sound;
  }

  /** The amplitude of one frequency: Goertzel's algorithm. */
  private static double strength(short[] sound, double hertz) {
    double turn = 2 * Math.cos(2 * Math.PI * hertz / AudioFrame.SAMPLE_RATE);
    double last = 0;
    double before = 0;
    for (short sample : sound) {
      double now = sample + turn * last - before;
      before = last;
      last = now;
    }
    double power = last * last + before * before - turn * last * before;
    return 2 * Math.sqrt(Math.max(0, power)) / sound.length;
  }
}
