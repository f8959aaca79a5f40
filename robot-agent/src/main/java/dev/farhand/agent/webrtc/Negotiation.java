package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The four steps of offer and answer as futures, which complete on libwebrtc's threads. The library
 * reports bad descriptions in three ways (observer, exception, bare Error); here they are one.
 */
final class Negotiation {
  private Negotiation() {}

  static CompletableFuture<RTCSessionDescription> offer(RTCPeerConnection peer) {
    return created(observer -> peer.createOffer(new RTCOfferOptions(), observer));
  }

  static CompletableFuture<RTCSessionDescription> answer(RTCPeerConnection peer) {
    return created(observer -> peer.createAnswer(new RTCAnswerOptions(), observer));
  }

  static CompletableFuture<RTCSessionDescription> applyLocal(
      RTCPeerConnection peer, RTCSessionDescription description) {
    return applied(description, observer -> peer.setLocalDescription(description, observer));
  }

  static CompletableFuture<RTCSessionDescription> applyRemote(
      RTCPeerConnection peer, RTCSessionDescription description) {
    return applied(description, observer -> peer.setRemoteDescription(description, observer));
  }

  /** Runs a native call whose argument a stranger wrote. */
  static boolean ignoringBadInput(Runnable call) {
    try {
      call.run();
      return true;
    } catch (RuntimeException e) {
      return false;
    } catch (Error e) {
      rethrowUnlessBare(e);
      return false;
    }
  }

  private static CompletableFuture<RTCSessionDescription> created(
      Consumer<CreateSessionDescriptionObserver> call) {
    CompletableFuture<RTCSessionDescription> future = new CompletableFuture<>();
    CreateSessionDescriptionObserver observer =
        new CreateSessionDescriptionObserver() {
          @Override
          public void onSuccess(RTCSessionDescription description) {
            future.complete(description);
          }

          @Override
          public void onFailure(String error) {
            future.completeExceptionally(new BadDescriptionException(error));
          }
        };
    return guarded(future, () -> call.accept(observer));
  }

  private static CompletableFuture<RTCSessionDescription> applied(
      RTCSessionDescription description, Consumer<SetSessionDescriptionObserver> call) {
    CompletableFuture<RTCSessionDescription> future = new CompletableFuture<>();
    SetSessionDescriptionObserver observer =
        new SetSessionDescriptionObserver() {
          @Override
          public void onSuccess() {
            future.complete(description);
          }

          @Override
          public void onFailure(String error) {
            future.completeExceptionally(new BadDescriptionException(error));
          }
        };
    return guarded(future, () -> call.accept(observer));
  }

  private static CompletableFuture<RTCSessionDescription> guarded(
      CompletableFuture<RTCSessionDescription> future, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      future.completeExceptionally(new BadDescriptionException(e.getMessage()));
    } catch (Error e) {
      rethrowUnlessBare(e);
      future.completeExceptionally(new BadDescriptionException(e.getMessage()));
    }
    return future;
  }

  private static void rethrowUnlessBare(Error e) {
    if (e.getClass() != Error.class) {
      throw e;
    }
  }
}
