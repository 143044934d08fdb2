import { useMemo } from 'preact/hooks';
import { Wave } from '@/components/controls/Wave';
import { Picture } from '@/components/plots/Picture';
import type { Tensor } from '@/lib/tensor';
import { type CellPanelKey, painterOf } from './paint.ts';
import type { Panel } from './panels.ts';
import type { Scene } from './scene.ts';
import { pictureText } from './words.ts';

interface Props {
  readonly scene: Scene;
  readonly panel: Panel;
  readonly values: Tensor;
  readonly narrow: boolean;
}

/** A stage's values, painted. */
export function PanelPicture({ scene, panel, values, narrow }: Props) {
  const text = pictureText(panel.key, panel.title, values);
  return panel.key === 'waveform' ? (
    <Wave samples={values.data} label={text} />
  ) : (
    <CellPicture name={panel.key as CellPanelKey} values={values} loudest={scene.loudest} narrow={narrow} text={text} />
  );
}

interface CellProps {
  readonly name: CellPanelKey;
  readonly values: Tensor;
  readonly loudest: number;
  readonly narrow: boolean;
  readonly text: string;
}

function CellPicture({ name, values, loudest, narrow, text }: CellProps) {
  const paint = useMemo(() => painterOf(name, values, loudest, narrow), [name, values, loudest, narrow]);
  return <Picture label={text} paint={paint} />;
}
