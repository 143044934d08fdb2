import type { ComponentChildren, TargetedPointerEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { linkTo, type Panel } from './panels.ts';

interface Props {
  readonly panel: Pick<Panel, 'key' | 'title' | 'name'>;
  /** The chapter about it, where that is written. */
  readonly chapter: { readonly number: number; readonly href: string } | undefined;
  /** Its place in the row, from 0: data reach it that much later. */
  readonly place: number;
  /** "124 × 129" */
  readonly shape: string;
  /** "−46 to 24 dB" */
  readonly range: string;
  /** Changes when other data flow through; undefined while what is shown was there from the start. */
  readonly flow: string | undefined;
  /** Whether the picture is live; of a still one only what works without script is shown. */
  readonly live: boolean;
  /** Hears where the picture is touched, in shares of its width and height. */
  readonly onPoint?: ((x: number, y: number) => void) | undefined;
  readonly children: ComponentChildren;
}

/** From one stage to the next, ms. */
const delay = 90;

/** One stage: its picture, and under the rule its name, shape and range. */
export function Stage({ panel, chapter, place, shape, range, flow, live, onPoint, children }: Props) {
  const picture = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (flow === undefined || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    picture.current?.animate(
      { opacity: [0, 1] },
      { duration: 400, delay: delay * place, fill: 'backwards', easing: 'ease-out' },
    );
  }, [flow, place]);

  const point = ({ currentTarget, clientX, clientY, buttons }: TargetedPointerEvent<HTMLDivElement>) => {
    if (buttons !== 1) return;
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    onPoint?.((clientX - left) / width, (clientY - top) / height);
  };

  return (
    <li class={`st st-${panel.key}`} style={{ '--n': place }}>
      <div
        ref={picture}
        class={live && onPoint ? 'pic touchable' : 'pic'}
        data-panel={panel.key}
        onPointerDown={point}
        onPointerMove={point}
      >
        {children}
      </div>
      <div class="cap">
        <a href={linkTo(panel.name)}>{panel.title}</a>
        <span class="shape">{shape}</span>
        <span class="rng">{range}</span>
        {chapter && (
          <a class="to-chapter" href={chapter.href} aria-label={`Chapter ${chapter.number}, about ${panel.title}`}>
            Chapter {chapter.number}
          </a>
        )}
      </div>
    </li>
  );
}
