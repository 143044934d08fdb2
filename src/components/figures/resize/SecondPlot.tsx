import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { LivePicture } from '@/components/chapter/LivePicture';
import { Axis } from '@/components/plots/Axis';
import { pointing } from '@/components/plots/pointing';
import { paintSecond, type Shown, secondScales } from './paint.ts';

interface Props {
  /** Undefined until there is one. */
  readonly shown: Shown | undefined;
  /** The picture made at build time that stands until then. */
  readonly still: string;
  /** Whether that differs in the dark. */
  readonly themed?: boolean;
  /** What to see, in words; it follows the data. */
  readonly label: string;
  /** Drawn over the picture: cursors, marks. */
  readonly children?: ComponentChildren;
  /** A class that gives the picture its height. */
  readonly class?: string;
  /** Hears where the picture is pressed, in shares of its width and, from the top, its height. */
  readonly onPoint?: (x: number, y: number) => void;
  /** About so many ticks along the two axes. */
  readonly ticks?: readonly [time: number, frequency: number];
}

/** One second as a picture of any number of cells. */
export function SecondPicture({
  shown,
  still,
  themed = false,
  label,
}: Omit<Props, 'class' | 'children' | 'ticks' | 'onPoint'>) {
  const paint = useMemo(() => shown && paintSecond(shown), [shown]);
  return <LivePicture still={still} themed={themed} label={label} paint={paint} />;
}

/** The same on axes: its outer edges, and so they, stay where they are whatever the number of cells. */
export function SecondPlot({ children, class: name = '', ticks = [6, 4], onPoint, ...picture }: Props) {
  return (
    <div class="plot">
      <div class={`pic ${onPoint ? 'touchable ' : ''}${name}`} {...(onPoint ? pointing(onPoint) : {})}>
        <SecondPicture {...picture} />
        {children}
      </div>
      <Axis side="left" scale={secondScales.frequency} unit="kHz" wanted={ticks[1]} />
      <Axis side="bottom" scale={secondScales.time} unit="s" wanted={ticks[0]} name="time" />
    </div>
  );
}
