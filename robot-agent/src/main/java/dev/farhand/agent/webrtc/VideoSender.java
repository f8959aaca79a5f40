package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.nio.ByteBuffer;

/** A video of ours. */
final class VideoSender implements MediaSender<Image> {
  private final String id;
  private final CustomVideoSource source;
  private final VideoTrack track;
  private boolean disposed;

  VideoSender(String id, CustomVideoSource source, VideoTrack track) {
    this.id = id;
    this.source = source;
    this.track = track;
  }

  @Override
  public String id() {
    return id;
  }

  VideoTrack track() {
    return track;
  }

  @Override
  public void push(Image image) {
    if (disposed) {
      return;
    }
    NativeI420Buffer buffer = NativeI420Buffer.allocate(image.width(), image.height());
    ByteBuffer bytes = image.i420();
    int luma = image.width() * image.height();
    int chroma = Image.half(image.width()) * Image.half(image.height());
    Planes.fill(
        bytes.slice(0, luma),
        bytes.slice(luma, chroma),
        bytes.slice(luma + chroma, chroma),
        buffer);
    // The time of sending: libwebrtc drops pictures whose clock stands still or goes back.
    VideoFrame frame = new VideoFrame(buffer, System.nanoTime());
    source.pushFrame(frame);
    frame.release();
  }

  @Override
  public void dispose() {
    disposed = true;
    Disposal.of(track);
    source.dispose();
  }
}
