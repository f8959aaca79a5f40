/** Where the robot is: metres, and radians counter-clockwise from x (REP 103). */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly heading: number;
}

const MOST_POINTS = 1500;
const LEAST_STEP = 0.02;

/** At least so many metres are shown, so that a standing robot's noise does not fill the map. */
const LEAST_SPAN = 4;

/** The robot's way on a small map that grows with it. */
export class Trail {
  readonly #points: Pose[] = [];
  #due = false;

  constructor(private readonly canvas: HTMLCanvasElement) {
    new ResizeObserver(() => this.#later()).observe(canvas);
    matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => this.#later());
  }

  add(pose: Pose): void {
    // The last point follows the robot; it stays once the robot is a step from the one before.
    const before = this.#points.at(-2);
    if (before !== undefined && Math.hypot(pose.x - before.x, pose.y - before.y) < LEAST_STEP) {
      this.#points.pop();
    }
    this.#points.push(pose);
    if (this.#points.length > MOST_POINTS) {
      this.#points.shift();
    }
    this.#later();
  }

  #later(): void {
    if (!this.#due) {
      this.#due = true;
      requestAnimationFrame(() => {
        this.#due = false;
        this.#draw();
      });
    }
  }

  #draw(): void {
    const { canvas } = this;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    const context = canvas.getContext("2d");
    const robot = this.#points.at(-1);
    if (context === null || width === 0) {
      return;
    }
    canvas.width = width * devicePixelRatio;
    canvas.height = height * devicePixelRatio;
    context.scale(devicePixelRatio, devicePixelRatio);
    const style = getComputedStyle(canvas);
    const view = this.#view(width, height);
    drawGrid(context, view, width, height, style.getPropertyValue("--line"));
    if (robot !== undefined) {
      drawWay(context, view, this.#points, style.getPropertyValue("--dim"));
      drawRobot(context, view, robot, style.getPropertyValue("--accent"));
    }
  }

  /** What part of the world is shown: all of the way, the same scale both ways. */
  #view(width: number, height: number): View {
    const xs = this.#points.map(({ x }) => x);
    const ys = this.#points.map(({ y }) => y);
    const [left, right] = xs.length === 0 ? [0, 0] : [Math.min(...xs), Math.max(...xs)];
    const [low, high] = ys.length === 0 ? [0, 0] : [Math.min(...ys), Math.max(...ys)];
    const scale = Math.min(
      width / Math.max(LEAST_SPAN, (right - left) * 1.25),
      height / Math.max(LEAST_SPAN, (high - low) * 1.25),
    );
    const middleX = (left + right) / 2;
    const middleY = (low + high) / 2;
    return {
      scale,
      x: (x) => width / 2 + (x - middleX) * scale,
      y: (y) => height / 2 - (y - middleY) * scale,
      left: middleX - width / 2 / scale,
      low: middleY - height / 2 / scale,
    };
  }
}

interface View {
  readonly scale: number;
  readonly left: number;
  readonly low: number;
  x(metres: number): number;
  y(metres: number): number;
}

function drawGrid(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  colour: string,
): void {
  const step = view.scale > 12 ? 1 : view.scale > 2.4 ? 5 : 25;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let x = Math.ceil(view.left / step) * step; view.x(x) < width; x += step) {
    context.moveTo(Math.round(view.x(x)) + 0.5, 0);
    context.lineTo(Math.round(view.x(x)) + 0.5, height);
  }
  for (let y = Math.ceil(view.low / step) * step; view.y(y) > 0; y += step) {
    context.moveTo(0, Math.round(view.y(y)) + 0.5);
    context.lineTo(width, Math.round(view.y(y)) + 0.5);
  }
  context.stroke();
}

function drawWay(
  context: CanvasRenderingContext2D,
  view: View,
  points: readonly Pose[],
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.lineJoin = "round";
  context.beginPath();
  points.forEach(({ x, y }, i) =>
    i === 0 ? context.moveTo(view.x(x), view.y(y)) : context.lineTo(view.x(x), view.y(y)),
  );
  context.stroke();
}

function drawRobot(
  context: CanvasRenderingContext2D,
  view: View,
  { x, y, heading }: Pose,
  colour: string,
): void {
  context.save();
  context.translate(view.x(x), view.y(y));
  context.rotate(-heading);
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(9, 0);
  context.lineTo(-6, 6);
  context.lineTo(-3, 0);
  context.lineTo(-6, -6);
  context.closePath();
  context.fill();
  context.restore();
}
