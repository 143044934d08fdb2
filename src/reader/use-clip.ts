import { useContext, useEffect, useState } from 'preact/hooks';
import { type Clip, clip } from '@/reader/clip';
import { WithoutScript } from './without-script.ts';

/**
 * The reader's clip; undefined while there is none, and until the island is alive: what it renders first must be what
 * the site was built with, since Preact does not mend attributes that differ.
 */
export function useClip(): Clip | undefined {
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const builtIn = useContext(WithoutScript);
  return alive ? clip.value : builtIn?.clip;
}
