package dev.farhand.agent.camera;

import dev.farhand.agent.driver.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What the simulated rover sees. Sky and ground are painted row by row; walls, boxes and pillars
 * column by column, from far to near, by following one ray a column through the world's plan. One
 * thread.
 */
final class FirstPersonView implements PaintedCapture.Scene {
  private static final double HALF_FIELD_OF_VIEW = Math.toRadians(36);
  private static final double EYE = 0.62;

  private final LongFunction<Viewpoint> viewpoint;
  private final List<Solid> solids = new ArrayList<>();
  private final Solid[] hit;
  private final Ground ground;
  private final Backdrop backdrop;

  /**
   * @param viewpoint where to look from, at a time of {@link System#nanoTime}
   */
  FirstPersonView(World world, LongFunction<Viewpoint> viewpoint) {
    this.viewpoint = viewpoint;
    this.ground = new Ground(EYE);
    this.backdrop = new Backdrop();
    solids.add(new Solid.Walls(world));
    world.boxes().forEach(box -> solids.add(new Solid.Crate(box)));
    world.pillars().forEach(pillar -> solids.add(new Solid.Column(pillar)));
    this.hit = new Solid[solids.size()];
  }

  @Override
  public void paint(Picture picture, long nanos) {
    Viewpoint from = viewpoint.apply(nanos);
    double focal = picture.width / 2.0 / Math.tan(HALF_FIELD_OF_VIEW);
    int horizon = picture.height * 9 / 20;
    backdrop.paintSky(picture, horizon);
    ground.paint(picture, from, focal, horizon);
    double cos = Math.cos(from.heading());
    double sin = Math.sin(from.heading());
    Brush brush = new Brush(picture, horizon, focal, EYE);
    for (int column = 0; column < picture.width; column++) {
      double aside = (column + 0.5 - picture.width / 2.0) / focal;
      // One metre forward and so much to the right: distances along it are depths.
      Ray ray = new Ray(from.x(), from.y(), cos + aside * sin, sin - aside * cos);
      brush.column(column);
      backdrop.paintHills(brush, from.heading() - Math.atan(aside));
      paintSolids(brush, ray);
    }
  }

  private void paintSolids(Brush brush, Ray ray) {
    int hits = 0;
    for (Solid solid : solids) {
      if (solid.meets(ray)) {
        int at = hits++;
        while (at > 0 && hit[at - 1].depth() < solid.depth()) {
          hit[at] = hit[at - 1];
          at--;
        }
        hit[at] = solid;
      }
    }
    for (int i = 0; i < hits; i++) {
      hit[i].paint(brush);
    }
  }
}
