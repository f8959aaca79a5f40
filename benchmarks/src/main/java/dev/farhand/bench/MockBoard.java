package dev.farhand.bench;

import com.diozero.api.PinInfo;
import com.diozero.internal.provider.mock.MockDeviceFactory;
import com.diozero.sbc.BoardInfo;

/** The pins of a Raspberry Pi without the Raspberry Pi, for the driver {@code gpio}. */
public final class MockBoard extends MockDeviceFactory {
  private static final int LAST_GPIO = 27;

  /** For the service loader, which must find it before the mock provider. */
  public MockBoard() {}

  @Override
  protected BoardInfo lookupBoardInfo() {
    BoardInfo board =
        new BoardInfo("Mock", "board", 0, "mock", "1") {
          @Override
          public void populateBoardPinInfo() {}

          @Override
          public boolean isRecognised() {
            return true;
          }
        };
    for (int gpio = 0; gpio <= LAST_GPIO; gpio++) {
      board.addGpioPinInfo(gpio, gpio, PinInfo.DIGITAL_IN_OUT);
    }
    return board;
  }
}
