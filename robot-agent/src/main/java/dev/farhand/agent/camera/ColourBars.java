package dev.farhand.agent.camera;

/** Seven bars at 75 %, as televisions were once adjusted by, and a mark that goes across. */
final class ColourBars implements PaintedCapture.Scene {
  private static final Paint[] BARS = {
    Paint.rgb(0xc0c0c0),
    Paint.rgb(0xc0c000),
    Paint.rgb(0x00c0c0),
    Paint.rgb(0x00c000),
    Paint.rgb(0xc000c0),
    Paint.rgb(0xc00000),
    Paint.rgb(0x0000c0),
  };

  private static final long CROSSING_NANOS = 4_000_000_000L;

  @Override
  public void paint(Picture picture, long nanos) {
    for (int bar = 0; bar < BARS.length; bar++) {
      picture.fill(edge(picture, bar), 0, edge(picture, bar + 1), picture.height, BARS[bar]);
    }
    int size = picture.height / 12 / 2 * 2;
    double way = (double) Math.floorMod(nanos, CROSSING_NANOS) / CROSSING_NANOS;
    int left = (int) (way * (picture.width - size)) / 2 * 2;
    int top = picture.height / 2 / 2 * 2;
    picture.fill(left, top, left + size, top + size, Paint.WHITE);
  }

  private static int edge(Picture picture, int bar) {
    return picture.width * bar / BARS.length / 2 * 2;
  }
}
