/** Draws the landscape: floor and box, strips from back to front, axes. */

import { backToFront, nearEnd, type Place, type Projection, pointOf, stripDirection } from './relief.ts';
import type { ReliefAxis } from './relief-axes.ts';
import type { Strips } from './relief-strips.ts';

export interface ReliefColours {
  /** Of the floor, where nothing sounds. */
  readonly floor: string;
  /** Of the strips' upper edges. */
  readonly crest: string;
  readonly ink: string;
  readonly muted: string;
  readonly rule: string;
  /** A CSS font of 12 pixels. */
  readonly font: string;
}

/** Lengths in CSS pixels. */
const tick = 5;
const wordGap = 15;
const nameGap = 33;

/** @param ratio device pixels in a CSS pixel; the projection is in CSS pixels */
export function drawRelief(
  context: CanvasRenderingContext2D,
  projection: Projection,
  strips: Strips,
  axes: readonly ReliefAxis[],
  colours: ReliefColours,
  ratio: number,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.scale(ratio, ratio);
  context.lineJoin = 'round';
  drawBox(context, projection, colours);
  drawStrips(context, projection, strips, colours, ratio);
  for (const axis of axes) drawAxis(context, axis, colours);
}

/** The floor, and on the two walls behind it a line for every half of the levels. */
function drawBox(context: CanvasRenderingContext2D, projection: Projection, { floor, rule }: ReliefColours): void {
  const corner = (time: number, frequency: number, level = 0) => pointOf(projection, { time, frequency, level });
  context.fillStyle = floor;
  trace(context, [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]);
  context.closePath();
  context.fill();
  const far = { time: 1 - nearEnd(projection.time), frequency: 1 - nearEnd(projection.frequency) };
  context.strokeStyle = rule;
  context.lineWidth = 1;
  for (const level of [0.5, 1]) {
    trace(context, [
      corner(1 - far.time, far.frequency, level),
      corner(far.time, far.frequency, level),
      corner(far.time, 1 - far.frequency, level),
    ]);
    context.stroke();
  }
  for (const [time, frequency] of [
    [far.time, far.frequency],
    [far.time, 1 - far.frequency],
    [1 - far.time, far.frequency],
  ]) {
    trace(context, [corner(time, frequency), corner(time, frequency, 1)]);
    context.stroke();
  }
}

function drawStrips(
  context: CanvasRenderingContext2D,
  projection: Projection,
  strips: Strips,
  { crest }: ReliefColours,
  ratio: number,
): void {
  const along = stripDirection(projection);
  const across = along === 'time' ? 'frequency' : 'time';
  const cards = strips[along];
  context.strokeStyle = crest;
  context.lineWidth = 0.75 * ratio;
  for (const index of backToFront(cards.length, projection[across])) {
    const { body, crest: edge, fill } = cards[index];
    const middle: Place = { time: 0, frequency: 0, level: 0, [across]: (index + 0.5) / cards.length };
    const [x, y] = pointOf(projection, middle);
    const map = new DOMMatrix([
      ratio * projection[along].x,
      ratio * projection[along].y,
      ratio * projection.level.x,
      ratio * projection.level.y,
      ratio * x,
      ratio * y,
    ]);
    context.setTransform(map);
    context.fillStyle = fill;
    context.fill(body);
    // The line is drawn on the screen, so that it is equally thin everywhere.
    context.setTransform(1, 0, 0, 1, 0, 0);
    const line = new Path2D();
    line.addPath(edge, map);
    context.stroke(line);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

function drawAxis(context: CanvasRenderingContext2D, axis: ReliefAxis, colours: ReliefColours): void {
  const { edge, ticks, outwards, name } = axis;
  const [out, down] = outwards;
  context.strokeStyle = colours.muted;
  context.lineWidth = 1;
  trace(context, edge);
  context.stroke();
  context.font = colours.font;
  context.textBaseline = 'middle';
  context.textAlign = Math.abs(out) < 0.5 ? 'center' : out > 0 ? 'left' : 'right';
  context.fillStyle = colours.muted;
  const gap = context.textAlign === 'center' ? wordGap : wordGap - 6;
  for (const { at, text } of ticks) {
    const [x, y] = at;
    trace(context, [at, [x + tick * out, y + tick * down]]);
    context.stroke();
    write(context, text, x + gap * out, y + gap * down);
  }
  context.fillStyle = colours.ink;
  const [[x0, y0], [x1, y1]] = edge;
  write(context, name, (x0 + x1) / 2 + nameGap * out, (y0 + y1) / 2 + nameGap * down);
}

/** Writes a word, moved to the side where it would be cut off. */
function write(context: CanvasRenderingContext2D, word: string, x: number, y: number): void {
  const { width } = context.measureText(word);
  const before = context.textAlign === 'left' ? 0 : context.textAlign === 'right' ? width : width / 2;
  const room = context.canvas.width / context.getTransform().a;
  context.fillText(word, Math.min(Math.max(x, before), room - width + before), y);
}

function trace(context: CanvasRenderingContext2D, points: readonly (readonly [number, number])[]): void {
  context.beginPath();
  points.forEach(([x, y], i) => {
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
}
