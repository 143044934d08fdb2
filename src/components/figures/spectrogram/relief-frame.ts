/** What stands around the landscape: its floor, the walls behind it, its axes. */

import { nearEnd, type Projection, pointOf } from './relief.ts';
import type { ReliefAxis } from './relief-axes.ts';

export interface FrameColours {
  /** Of the floor, where nothing sounds. */
  readonly floor: string;
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

/**
 * Draws floor, walls and axes around what is on the canvas: the walls behind it, the axes over it.
 * @param ratio device pixels in a CSS pixel; the projection is in CSS pixels
 */
export function drawFrame(
  context: CanvasRenderingContext2D,
  projection: Projection,
  axes: readonly ReliefAxis[],
  colours: FrameColours,
  ratio: number,
): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.lineJoin = 'round';
  context.globalCompositeOperation = 'destination-over';
  drawBox(context, projection, colours);
  context.globalCompositeOperation = 'source-over';
  for (const axis of axes) drawAxis(context, axis, colours);
}

/** The floor, and on the two walls behind it a line for every half of the levels. */
function drawBox(context: CanvasRenderingContext2D, projection: Projection, { floor, rule }: FrameColours): void {
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

function drawAxis(context: CanvasRenderingContext2D, axis: ReliefAxis, colours: FrameColours): void {
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
