package dev.farhand.agent.webrtc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The libwebrtc of all connections that bring none: each further one would cost two threads that
 * never end. It stays for the next connection while there is none, but not when the program has
 * come to its end: one of its threads would keep the process.
 *
 * <p>Any thread; the state is confined to a thread of its own.
 */
final class SharedWebRtc {
  /** Static, as libwebrtc's threads are of the whole process. */
  private static final SharedWebRtc OF_THIS_PROCESS = new SharedWebRtc();

  private static final int LOOK_EVERY_SECONDS = 1;

  private final ScheduledThreadPoolExecutor own =
      new ScheduledThreadPoolExecutor(1, SharedWebRtc::daemon);

  private @Nullable WebRtc webRtc;
  private int borrowers;
  private boolean looking;

  private SharedWebRtc() {}

  static SharedWebRtc ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /**
   * Started if it isn't; one {@link #giveBack} is due for each call.
   *
   * @throws MissingLibrariesException if the system lacks what it links
   */
  WebRtc borrow() {
    try {
      return CompletableFuture.supplyAsync(this::lend, own).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  /** After the borrower's peers are closed. */
  void giveBack() {
    own.execute(
        () -> {
          borrowers--;
          look();
        });
  }

  private WebRtc lend() {
    WebRtc lent = webRtc;
    if (lent == null) {
      lent = WebRtc.start();
      webRtc = lent;
    }
    borrowers++;
    return lent;
  }

  private void look() {
    if (borrowers == 0 && !looking) {
      looking = true;
      var unused = own.schedule(this::lookNow, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void lookNow() {
    looking = false;
    WebRtc unused = webRtc;
    if (borrowers > 0 || unused == null) {
      return;
    }
    if (programRuns()) {
      look();
    } else {
      webRtc = null;
      unused.close();
    }
  }

  /**
   * Whether a thread runs Java that the process must wait for. Native threads that were attached
   * show no frames here, as libwebrtc's; taking another for one of them costs two threads.
   */
  private static boolean programRuns() {
    return Thread.getAllStackTraces().entrySet().stream()
        .anyMatch(thread -> !thread.getKey().isDaemon() && thread.getValue().length > 0);
  }

  private static Thread daemon(Runnable task) {
    Thread made = new Thread(task, "webrtc-shared");
    made.setDaemon(true);
    return made;
  }
}
