import { useMemo } from 'preact/hooks';
import { useClip } from '@/reader/use-clip';
import { type Frame, loudestFrame } from './frame.ts';

/** The loudest frame of the reader's clip; that of the built-in word until there is one. */
export function useFrame(first: Frame): Frame {
  const clip = useClip();
  return useMemo(() => (clip ? loudestFrame(clip.samples, clip.sampleRate) : first), [clip, first]);
}
