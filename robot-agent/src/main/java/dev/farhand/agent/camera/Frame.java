package dev.farhand.agent.camera;

import java.nio.ByteBuffer;

/**
 * One picture in I420 (planar YUV 4:2:0, BT.601, limited range), rows without padding. The buffers
 * are reused: they are valid during the call that hands the frame over, on its thread, and no
 * longer.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param y {@code width * height} bytes
 * @param u {@code width / 2 * height / 2} bytes
 * @param v as {@code u}
 * @param nanos when the picture was taken, on the clock of {@link System#nanoTime}
 */
public record Frame(int width, int height, ByteBuffer y, ByteBuffer u, ByteBuffer v, long nanos) {}
