package dev.farhand.bench;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One connection of {@link BarePeer}. Messages go back on the thread that brings them. */
final class EchoConnection implements PeerConnectionObserver {
  private final CompletableFuture<Void> gathered = new CompletableFuture<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Consumer<EchoConnection> ended;
  private final RTCPeerConnection connection;

  /**
   * A connection that sends this track.
   *
   * @param ended called once on a thread of libwebrtc's when the other side has gone: {@link
   *     #close} it on another
   */
  EchoConnection(PeerConnectionFactory factory, VideoTrack track, Consumer<EchoConnection> ended) {
    this.ended = ended;
    connection = factory.createPeerConnection(new RTCConfiguration(), this);
    connection.addTrack(track, List.of("robot"));
  }

  /** The complete answer; blocks until all candidates are gathered. */
  RTCSessionDescription answer(RTCSessionDescription offer) {
    applied(observer -> connection.setRemoteDescription(offer, observer));
    CompletableFuture<RTCSessionDescription> created = new CompletableFuture<>();
    connection.createAnswer(
        new RTCAnswerOptions(),
        new CreateSessionDescriptionObserver() {
          @Override
          public void onSuccess(RTCSessionDescription description) {
            created.complete(description);
          }

          @Override
          public void onFailure(String error) {
            created.completeExceptionally(new IllegalArgumentException(error));
          }
        });
    RTCSessionDescription answer = created.orTimeout(10, TimeUnit.SECONDS).join();
    applied(observer -> connection.setLocalDescription(answer, observer));
    gathered.orTimeout(10, TimeUnit.SECONDS).join();
    return connection.getLocalDescription();
  }

  void close() {
    connection.close();
  }

  private static void applied(Consumer<SetSessionDescriptionObserver> call) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    call.accept(
        new SetSessionDescriptionObserver() {
          @Override
          public void onSuccess() {
            done.complete(null);
          }

          @Override
          public void onFailure(String error) {
            done.completeExceptionally(new IllegalArgumentException(error));
          }
        });
    done.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void onIceCandidate(RTCIceCandidate candidate) {}

  @Override
  public void onIceGatheringChange(RTCIceGatheringState state) {
    if (state == RTCIceGatheringState.COMPLETE) {
      gathered.complete(null);
    }
  }

  @Override
  public void onConnectionChange(RTCPeerConnectionState state) {
    boolean gone =
        state == RTCPeerConnectionState.CLOSED
            || state == RTCPeerConnectionState.FAILED
            || state == RTCPeerConnectionState.DISCONNECTED;
    if (gone && over.compareAndSet(false, true)) {
      ended.accept(this);
    }
  }

  @Override
  public void onDataChannel(RTCDataChannel channel) {
    channel.registerObserver(
        new RTCDataChannelObserver() {
          @Override
          public void onBufferedAmountChange(long previousAmount) {}

          @Override
          public void onStateChange() {}

          @Override
          public void onMessage(RTCDataChannelBuffer buffer) {
            // Into direct memory of our own: the buffer is libwebrtc's and gone after this call.
            ByteBuffer copy = ByteBuffer.allocateDirect(buffer.data.remaining());
            copy.put(buffer.data).flip();
            try {
              channel.send(new RTCDataChannelBuffer(copy, buffer.binary));
            } catch (Exception e) {
              System.err.println("A message could not be sent back: " + e);
            }
          }
        });
  }
}
