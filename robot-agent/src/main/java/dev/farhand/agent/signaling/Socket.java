package dev.farhand.agent.signaling;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket (RFC 6455), text only. Confined to its executor; says {@code ended} exactly once,
 * also when it never opened.
 */
final class Socket {
  /** As much as the server would take from us, and room for its own additions. */
  private static final int MAX_MESSAGE_CHARS = 131_072;

  /** Messages that may wait for a path that doesn't take them. */
  private static final int MAX_WAITING = 256;

  interface Listener {
    void opened();

    void text(String message);

    /** Nothing follows. The sentence is for a person. */
    void ended(String why);
  }

  private final Executor executor;
  private final Listener listener;
  private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
  private int waiting;
  private @Nullable WebSocket webSocket;
  private boolean ended;

  private Socket(Executor executor, Listener listener) {
    this.executor = executor;
    this.listener = listener;
  }

  static Socket open(
      HttpClient http, URI uri, Duration timeout, Executor executor, Listener listener) {
    Socket socket = new Socket(executor, listener);
    CompletableFuture<?> unused =
        http.newWebSocketBuilder()
            .connectTimeout(timeout)
            .buildAsync(uri, socket.new Reader())
            .handle(
                (opened, failure) -> {
                  socket.handOver(
                      () -> {
                        if (failure != null) {
                          socket.end(reason(failure));
                        } else {
                          socket.opened(opened);
                        }
                      });
                  return null;
                });
    return socket;
  }

  void send(String text) {
    WebSocket socket = webSocket;
    if (socket == null || ended) {
      return;
    }
    if (++waiting > MAX_WAITING) {
      abort("The server does not read what is sent to it");
      return;
    }
    // The JDK allows one send at a time.
    sending =
        sending
            .thenCompose(done -> socket.sendText(text, true))
            .whenCompleteAsync(
                (done, failure) -> {
                  waiting--;
                  if (failure != null) {
                    abort(reason(failure));
                  }
                },
                executor);
  }

  /**
   * Says goodbye and ends; the other side need not answer.
   *
   * @return completes when what was sent before has gone, or cannot
   */
  CompletableFuture<Void> close() {
    WebSocket socket = webSocket;
    CompletableFuture<Void> gone = CompletableFuture.completedFuture(null);
    if (socket != null && !ended) {
      gone =
          sending
              .thenCompose(done -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""))
              .handle((done, failure) -> null);
      // Time for the other side's goodbye; an abort at once could overtake what was sent.
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(socket::abort);
    }
    end("closed here");
    return gone;
  }

  /** Ends at once, without a goodbye. */
  void abort(String why) {
    if (webSocket != null) {
      webSocket.abort();
    }
    end(why);
  }

  private void opened(WebSocket opened) {
    if (ended) {
      opened.abort();
      return;
    }
    webSocket = opened;
    listener.opened();
    opened.request(1);
  }

  private void end(String why) {
    if (!ended) {
      ended = true;
      listener.ended(why);
    }
  }

  private void handOver(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      // The agent has ended; nobody is left to hear of it.
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof WebSocketHandshakeException handshake) {
      return "the server answered " + handshake.getResponse().statusCode();
    }
    if (cause instanceof ConnectException && cause.getMessage() == null) {
      return "connection refused";
    }
    String message = cause.getMessage();
    if (message != null && message.startsWith("Unrecognized SSL message")) {
      return "it speaks no TLS there: is it ws:// instead of wss://?";
    }
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** Called on the HTTP client's threads, one call at a time. */
  private final class Reader implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public void onOpen(WebSocket socket) {
      // The first message is asked for once the owner knows the socket.
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      message.append(part);
      if (message.length() > MAX_MESSAGE_CHARS) {
        handOver(() -> abort("The server sent a message that is too large"));
        return null;
      }
      if (last) {
        String text = message.toString();
        message.setLength(0);
        handOver(
            () -> {
              if (!ended) {
                listener.text(text);
                // Asked for only now, so that a flood waits in the socket and not in our memory.
                socket.request(1);
              }
            });
      } else {
        socket.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      handOver(() -> end("closed with " + status + (reason.isEmpty() ? "" : " " + reason)));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      handOver(() -> end(reason(error)));
    }
  }
}
