package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The four steps of offer and answer as futures. They complete on the executor that they are given,
 * also when they fail: what is closed inside a native callback may take the process with it. The
 * library reports bad descriptions in three ways (observer, exception, bare Error); here they are
 * one.
 */
final class Negotiation {
  private Negotiation() {}

  static CompletableFuture<RTCSessionDescription> offer(RTCPeerConnection peer, Executor executor) {
    return created(executor, observer -> peer.createOffer(new RTCOfferOptions(), observer));
  }

  static CompletableFuture<RTCSessionDescription> answer(
      RTCPeerConnection peer, Executor executor) {
    return created(executor, observer -> peer.createAnswer(new RTCAnswerOptions(), observer));
  }

  static CompletableFuture<RTCSessionDescription> applyLocal(
      RTCPeerConnection peer, RTCSessionDescription description, Executor executor) {
    return applied(
        executor, description, observer -> peer.setLocalDescription(description, observer));
  }

  static CompletableFuture<RTCSessionDescription> applyRemote(
      RTCPeerConnection peer, RTCSessionDescription description, Executor executor) {
    return applied(
        executor, description, observer -> peer.setRemoteDescription(description, observer));
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
      Executor executor, Consumer<CreateSessionDescriptionObserver> call) {
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
    return guarded(executor, future, () -> call.accept(observer));
  }

  private static CompletableFuture<RTCSessionDescription> applied(
      Executor executor,
      RTCSessionDescription description,
      Consumer<SetSessionDescriptionObserver> call) {
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
    return guarded(executor, future, () -> call.accept(observer));
  }

  private static CompletableFuture<RTCSessionDescription> guarded(
      Executor executor, CompletableFuture<RTCSessionDescription> future, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      future.completeExceptionally(new BadDescriptionException(e.getMessage()));
    } catch (Error e) {
      rethrowUnlessBare(e);
      future.completeExceptionally(new BadDescriptionException(e.getMessage()));
    }
    return future.whenCompleteAsync((done, failure) -> {}, executor);
  }

  private static void rethrowUnlessBare(Error e) {
    if (e.getClass() != Error.class) {
      throw e;
    }
  }
}
