package dev.farhand.agent.webrtc;

import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Candidate;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An operator: what a browser does, over a signaling path that the test provides. Any thread. */
public final class TestOperator implements AutoCloseable {
  public static final List<String> LABELS =
      List.of(
          ChannelMessage.DEFAULT,
          ChannelMessage.COMMAND,
          ChannelMessage.CONTROL,
          ChannelMessage.TELEMETRY);

  private final JsonCodec<ChannelMessage> codec = new JsonCodec<>(ChannelMessage.class);
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Map<String, Channel> channels = new ConcurrentHashMap<>();
  private final Map<String, BlockingQueue<String>> received = new ConcurrentHashMap<>();
  private final BlockingQueue<Integer> pictures = new LinkedBlockingQueue<>();
  private final CountDownLatch open = new CountDownLatch(LABELS.size());
  private final CountDownLatch defaultOpen = new CountDownLatch(1);
  private final CountDownLatch channelClosed = new CountDownLatch(1);
  private final BlockingQueue<PeerState> states = new LinkedBlockingQueue<>();
  private final Semaphore answers = new Semaphore(0);
  private final List<Candidate> early = new ArrayList<>();
  private final String sessionId;
  private final Consumer<SignalMessage> signal;
  private final WebRtc webRtc;
  private final Peer peer;
  private int negotiation;
  private boolean answered;

  public TestOperator(WebRtc webRtc, String sessionId, Consumer<SignalMessage> signal) {
    this.webRtc = webRtc;
    this.sessionId = sessionId;
    this.signal = signal;
    LABELS.forEach(label -> received.put(label, new LinkedBlockingQueue<>()));
    peer = webRtc.newPeer(List.of(), thread, new Events());
  }

  public String sessionId() {
    return sessionId;
  }

  /** Waits until the newest offer is answered. */
  public void awaitAnswer() throws InterruptedException {
    awaitAnswer(10);
  }

  /** The same, not longer than that. */
  public void awaitAnswer(int seconds) throws InterruptedException {
    if (!answers.tryAcquire(seconds, TimeUnit.SECONDS)) {
      throw new IllegalStateException("No answer came");
    }
  }

  /** The robot's half of the ICE credentials: new after each restart. */
  public String remoteUfrag() {
    return run(
        () ->
            peer.connection()
                .getRemoteDescription()
                .sdp
                .lines()
                .filter(line -> line.startsWith("a=ice-ufrag:"))
                .findFirst()
                .orElseThrow());
  }

  /** Makes the channels and an offer that asks for video. */
  public void dial() {
    run(
        () -> {
          LABELS.forEach(this::makeChannel);
          receiveVideo();
          return negotiate(false);
        });
  }

  /** Makes an offer with the one channel that RTCBot knows. */
  public void dialAsRtcBot() {
    run(
        () -> {
          makeChannel(ChannelMessage.DEFAULT);
          return negotiate(false);
        });
  }

  public void restartIce() {
    run(() -> negotiate(true));
  }

  /** Offers once more what there is. */
  public void renegotiate() {
    run(() -> negotiate(false));
  }

  /** A further channel with this label. */
  public void addChannel(String label) {
    run(() -> peer.createChannel(label));
  }

  /** What comes from the robot's side of the signaling. */
  public void signaled(SignalMessage message) {
    if (message instanceof Describe describe) {
      thread.execute(() -> described(describe));
    } else if (message instanceof Candidate candidate) {
      thread.execute(() -> candidate(candidate));
    }
  }

  /** Waits for the channel of the user's own messages only. */
  public boolean awaitDefaultOpen() throws InterruptedException {
    return defaultOpen.await(10, TimeUnit.SECONDS);
  }

  public boolean awaitOpen() throws InterruptedException {
    return open.await(10, TimeUnit.SECONDS);
  }

  public boolean awaitChannelClosed() throws InterruptedException {
    return channelClosed.await(10, TimeUnit.SECONDS);
  }

  /** The next state of the connection. */
  public Optional<PeerState> nextState() throws InterruptedException {
    return Optional.ofNullable(states.poll(20, TimeUnit.SECONDS));
  }

  public void send(String label, String text) {
    run(() -> channel(label).send(text));
  }

  public void send(String label, ChannelMessage message) {
    send(label, codec.encode(message));
  }

  /** Sends it so many times, as fast as it goes. */
  public void flood(String label, String text, int times) {
    run(
        () -> {
          for (int i = 0; i < times; i++) {
            channel(label).send(text);
          }
          return true;
        });
  }

  /** Sends so many binary messages of one byte, as fast as it goes. */
  public void floodBinary(String label, int times) {
    run(
        () -> {
          for (int i = 0; i < times; i++) {
            channel(label).send(ByteBuffer.wrap(new byte[1]), true);
          }
          return true;
        });
  }

  /** The next text on this channel. */
  public Optional<String> next(String label) throws InterruptedException {
    return Optional.ofNullable(queue(label).poll(10, TimeUnit.SECONDS));
  }

  /** The next message of this kind on this channel; others before it are dropped. */
  public <M extends ChannelMessage> Optional<M> next(String label, Class<M> kind)
      throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      String text = queue(label).poll(10, TimeUnit.SECONDS);
      if (text == null) {
        return Optional.empty();
      }
      ChannelMessage message = codec.decode(text);
      if (kind.isInstance(message)) {
        return Optional.of(kind.cast(message));
      }
    }
    return Optional.empty();
  }

  /** Waits for a picture and gives a checksum of it. */
  public Optional<Integer> nextPicture() throws InterruptedException {
    return Optional.ofNullable(pictures.poll(10, TimeUnit.SECONDS));
  }

  /** Ends the connection, as a page that is closed. */
  public void hangUp() {
    run(
        () -> {
          peer.close();
          return true;
        });
  }

  @Override
  public void close() {
    if (!thread.isShutdown()) {
      run(
          () -> {
            peer.close();
            return true;
          });
      thread.shutdown();
    }
  }

  private void makeChannel(String label) {
    Channel channel = peer.createChannel(label);
    channels.put(label, channel);
    channel.listen(new ChannelEvents(label));
  }

  private boolean negotiate(boolean iceRestart) {
    negotiation++;
    answered = false;
    answers.drainPermits();
    var unused =
        peer.offer(iceRestart)
            .thenAccept(offer -> signal.accept(new Describe(sessionId, negotiation, offer)));
    return true;
  }

  private void described(Describe describe) {
    if (describe.negotiation() == negotiation
        && describe.description().type() == Description.Type.ANSWER) {
      var unused =
          peer.accept(describe.description())
              .thenRun(
                  () -> {
                    answered = true;
                    early.forEach(this::candidate);
                    early.clear();
                    answers.release();
                  });
    }
  }

  private void candidate(Candidate candidate) {
    IceCandidate ice = candidate.candidate();
    if (candidate.negotiation() != negotiation || ice == null || peer.isClosed()) {
      return;
    }
    if (answered) {
      peer.addCandidate(ice);
    } else {
      early.add(candidate);
    }
  }

  private void receiveVideo() {
    peer.receiveVideo(webRtc);
  }

  private Channel channel(String label) {
    Channel channel = channels.get(label);
    if (channel == null) {
      throw new IllegalArgumentException("No channel " + label);
    }
    return channel;
  }

  private BlockingQueue<String> queue(String label) {
    BlockingQueue<String> queue = received.get(label);
    if (queue == null) {
      throw new IllegalArgumentException("No channel " + label);
    }
    return queue;
  }

  private <T> T run(Callable<T> task) {
    try {
      return thread.submit(task).get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Events implements Peer.Listener {
    @Override
    public void candidate(Optional<IceCandidate> candidate) {
      signal.accept(new Candidate(sessionId, negotiation, candidate.orElse(null)));
    }

    @Override
    public void track(RemoteTrack track) {
      if (track instanceof RemoteVideo video) {
        video.watch(image -> pictures.add(image.i420().hashCode()));
      }
    }

    @Override
    public void state(PeerState state) {
      states.add(state);
    }
  }

  private final class ChannelEvents implements Channel.Listener {
    private final String label;

    ChannelEvents(String label) {
      this.label = label;
    }

    @Override
    public void opened() {
      open.countDown();
      if (label.equals(ChannelMessage.DEFAULT)) {
        defaultOpen.countDown();
      }
    }

    @Override
    public void text(String message) {
      queue(label).add(message);
    }

    @Override
    public void closed() {
      channelClosed.countDown();
    }
  }
}
