package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.RTCRtpEncodingParameters;
import dev.onvoid.webrtc.RTCRtpSendParameters;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The robot's camera on its way to one operator. It has a source of its own, because the paths of
 * two operators differ, and because the library's sources pass on every picture: what {@code
 * maxFramerate} leaves out must be left out here. Confined to its peer's executor, but for the
 * pictures, which come on the camera's thread.
 */
final class CameraSender implements MediaSender<VideoFrame> {
  private final CustomVideoSource source;
  private final VideoTrack track;
  private final Consumer<CameraSender> leave;
  private volatile int everyNth = 1;
  private int taken;
  private @Nullable RTCRtpSender sender;
  private @Nullable Encoding set;

  /**
   * @param leave returns when no picture is on its way here and none will come
   */
  CameraSender(CustomVideoSource source, VideoTrack track, Consumer<CameraSender> leave) {
    this.source = source;
    this.track = track;
    this.leave = leave;
  }

  @Override
  public String id() {
    return track.getId();
  }

  VideoTrack track() {
    return track;
  }

  void sentBy(RTCRtpSender made) {
    sender = made;
  }

  /** Leaves as it was what cannot be set now; a negotiation may be under way. */
  void encode(Encoding encoding) {
    everyNth = encoding.everyNth();
    RTCRtpSender to = sender;
    if (to != null && differs(encoding) && Negotiation.ignoringBadInput(() -> set(to, encoding))) {
      set = encoding;
    }
  }

  @Override
  public void push(VideoFrame frame) {
    int nth = everyNth;
    if (nth > 0 && taken++ % nth == 0) {
      source.pushFrame(frame);
    }
  }

  @Override
  public void dispose() {
    leave.accept(this);
    Disposal.of(track);
    source.dispose();
  }

  private boolean differs(Encoding encoding) {
    return set == null
        || set.maxBitsPerSecond() != encoding.maxBitsPerSecond()
        || set.scaleDownBy() != encoding.scaleDownBy();
  }

  private static void set(RTCRtpSender sender, Encoding encoding) {
    RTCRtpSendParameters parameters = sender.getParameters();
    for (RTCRtpEncodingParameters each : parameters.encodings) {
      each.maxBitrate = encoding.maxBitsPerSecond();
      each.scaleResolutionDownBy = encoding.scaleDownBy();
    }
    sender.setParameters(parameters);
  }
}
