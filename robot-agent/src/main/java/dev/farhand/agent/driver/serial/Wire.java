package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dev.farhand.agent.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An open port. Called on the driver's thread, which never waits for the device longer than a tenth
 * of a second, and twice that for the last stop; a thread of its own reads, another writes.
 */
final class Wire implements AutoCloseable {
  private static final int NO_ENTRY = 2;
  private static final int WOULD_BLOCK = 11;
  private static final int NO_ACCESS = 13;
  private static final int BUSY = 16;

  /** How long a read waits for the first byte. jSerialComm counts in tenths of a second. */
  private static final int READ_MILLIS = 100;

  private static final long WRITE_MILLIS = 100;
  private static final int MOST_ARRIVED = 256;

  /** The port's driver may call a byte sent that its adapter still has. */
  private static final long LEAVING_MILLIS = 50;

  private static final long LAST_MILLIS = 300;

  /** How long the last stop is tried at a device that was late. */
  private static final long LAST_STOP_MILLIS = 200;

  private final String path;
  private final int mostUnsent;
  private final SerialPort port;
  private final Decoder decoder;
  private final BlockingQueue<JsonNode> arrived = new ArrayBlockingQueue<>(MOST_ARRIVED);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(task -> thread("serial-write", task));

  /** The device was late once: nothing but a stop is written any more. */
  private boolean late;

  /** Whether the port has got all of the last write. */
  private boolean taken = true;

  private volatile boolean away;

  private Wire(SerialSettings settings, SerialPort port) {
    this.path = settings.port();
    this.mostUnsent = settings.bytesInTime();
    this.port = port;
    this.decoder = Decoders.of(settings);
  }

  /**
   * Opens the port.
   *
   * @throws PortFault if it is not there, or not to be had
   */
  static Wire open(SerialSettings settings) {
    NativeLibrary.load();
    if (!Files.exists(Path.of(settings.port()))) {
      throw away(settings.port());
    }
    SerialPort port;
    try {
      port = SerialPort.getCommPort(settings.port());
    } catch (SerialPortInvalidPortException e) {
      throw away(settings.port());
    }
    port.setComPortParameters(settings.baud(), 8, stopBits(settings), parity(settings));
    port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, READ_MILLIS, 0);
    Wire wire = new Wire(settings, port);
    // jSerialComm's own hook would close the port under the last stop.
    SerialPort.addShutdownHook(new Thread(wire::awaitClose, "serial-end"));
    if (!port.openPort()) {
      wire.closed.countDown();
      throw refused(settings.port(), port.getLastErrorCode());
    }
    // What a predecessor wrote, and no device has taken yet, is not to be acted on now.
    port.flushIOBuffers();
    thread("serial-read", wire::read).start();
    return wire;
  }

  private static int stopBits(SerialSettings settings) {
    return settings.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT;
  }

  private static int parity(SerialSettings settings) {
    return switch (settings.parity()) {
      case NONE -> SerialPort.NO_PARITY;
      case EVEN -> SerialPort.EVEN_PARITY;
      case ODD -> SerialPort.ODD_PARITY;
    };
  }

  /** What has come, for the driver's thread to take; while too much waits, more is dropped. */
  BlockingQueue<JsonNode> arrived() {
    return arrived;
  }

  /**
   * Notices that the device has gone.
   *
   * @throws PortFault if so
   */
  void check() {
    if (away || !Files.exists(Path.of(path))) {
      throw away(path);
    }
  }

  /** Whether the device has taken all that was written: what comes now leaves room for a stop. */
  boolean isIdle() {
    return port.bytesAwaitingWrite() == 0;
  }

  /**
   * Writes a motion, or something else that is no stop.
   *
   * @throws PortFault if the device does not take it in time, or has gone, or was late before
   */
  void write(byte[] bytes) {
    if (late) {
      throw takesNothing();
    }
    hand(bytes, mostUnsent, WRITE_MILLIS);
  }

  /**
   * Writes what stops the robot, also to a device that was late.
   *
   * @throws PortFault if the device does not take it in time, or has gone
   */
  void stop(byte[] bytes) {
    if (late) {
      hand(bytes, Integer.MAX_VALUE, LAST_STOP_MILLIS);
    } else {
      hand(bytes, mostUnsent, WRITE_MILLIS);
    }
  }

  private void hand(byte[] bytes, int unsent, long millis) {
    check();
    taken = false;
    Future<Boolean> writing = writer.submit(() -> written(bytes, unsent));
    try {
      if (!writing.get(millis, TimeUnit.MILLISECONDS)) {
        throw away(path);
      }
      taken = true;
    } catch (TimeoutException e) {
      giveUp(writing);
      throw takesNothing();
    } catch (InterruptedException e) {
      giveUp(writing);
      Thread.currentThread().interrupt();
      throw takesNothing();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void giveUp(Future<Boolean> writing) {
    writing.cancel(true);
    if (!late) {
      late = true;
      // A motion that goes out late is not to be followed by more of them.
      port.flushIOBuffers();
    }
  }

  /** Lets what was written leave, then lets go of the port. */
  @Override
  public void close() {
    long most = late ? LAST_MILLIS - LAST_STOP_MILLIS : LAST_MILLIS;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(most - LEAVING_MILLIS);
    try {
      while (taken && !away && port.bytesAwaitingWrite() > 0 && System.nanoTime() - end < 0) {
        Thread.sleep(2);
      }
      if (taken && !away) {
        // jSerialComm throws away, as it closes a port, what is still on its way.
        Thread.sleep(LEAVING_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    away = true;
    writer.shutdownNow();
    // Closing would wait for a write that the device holds up.
    if (!late || taken) {
      port.closePort();
    }
    closed.countDown();
  }

  private boolean written(byte[] bytes, int unsent) throws InterruptedException {
    while (port.bytesAwaitingWrite() > unsent) {
      Thread.sleep(1);
    }
    return port.writeBytes(bytes, bytes.length) == bytes.length;
  }

  private void read() {
    byte[] chunk = new byte[512];
    while (true) {
      int count = port.readBytes(chunk, chunk.length);
      if (count < 0) {
        away = true;
        return;
      } else if (count == 0) {
        decoder.silence(arrived::offer);
      } else {
        decoder.take(chunk, count, arrived::offer);
      }
    }
  }

  private void awaitClose() {
    try {
      boolean unused = closed.await(LAST_MILLIS + WRITE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PortFault takesNothing() {
    return new PortFault(
        path
            + " takes nothing: the device does not read. Is its program running, and is baud right?");
  }

  private static PortFault away(String path) {
    return new PortFault(path + " is away: plug it in. It is tried again every few seconds.");
  }

  private static PortFault refused(String path, int code) {
    return switch (code) {
      case NO_ENTRY -> away(path);
      case NO_ACCESS -> new PortFault(path + " may not be opened. " + mend(path) + ".");
      case WOULD_BLOCK, BUSY ->
          new PortFault(path + " is in use by another program: end that first.");
      default -> new PortFault(path + " cannot be opened as a serial port (error " + code + ").");
    };
  }

  private static String mend(String path) {
    return Machine.here().permission(Path.of(path)).orElse("See who may: ls -lL " + path);
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
