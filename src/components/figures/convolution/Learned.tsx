import './convolution.css';
import './learned.css';
import { useContext, useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { LivePicture } from '@/components/chapter/LivePicture';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { signedScale } from '@/components/plots/colour';
import { MapStrip } from '@/components/plots/MapStrip';
import type { Palette } from '@/components/plots/palette';
import { ParameterError } from '@/lib/errors';
import type { Parameters } from '@/lib/parameters';
import { WithoutScript } from '@/reader/without-script';
import type { StageOutputs } from '@/workers/lab/convolution-calls';
import { Excited } from './Excited.tsx';
import { firstKernel } from './first.ts';
import { KernelGrid } from './KernelGrid.tsx';
import { filterSlices, kernelSlice, limitOf } from './maps.ts';
import { SignedLegend } from './SignedLegend.tsx';
import { Slices } from './Slices.tsx';

interface Choice {
  readonly layer: 'conv1' | 'conv2';
  readonly filter: number;
  readonly seed: number;
}

const schema: Parameters<Choice> = {
  layer: {
    kind: 'choice',
    label: 'layer',
    help: 'Kernels of the first convolution look at the picture, those of the second at all 32 maps of the first.',
    choices: ['conv1', 'conv2'],
    default: 'conv1',
  },
  filter: {
    kind: 'integer',
    label: 'kernel o',
    help: '0 to 31 in the first, 0 to 63 in the second.',
    min: 0,
    max: 63,
    default: firstKernel,
  },
  seed: {
    kind: 'integer',
    label: 'seed',
    help: 'Of the random picture that the search begins with.',
    min: 0,
    max: 999,
    default: 1,
  },
};
const names = { conv1: 'first, 32', conv2: 'second, 64' };
const stages = ['conv1', 'relu1', 'conv2', 'relu2'] as const;

function check({ layer, filter }: Choice): void {
  if (layer === 'conv1' && filter > 31) {
    throw new ParameterError(
      'filter',
      `The first convolution has no kernel ${filter}: its 32 are counted from 0 to 31.`,
    );
  }
}

/** All learned kernels, the maps that they make of the clip, and a picture that excites one of them. */
export default function Learned({ number, children }: FigureProps) {
  const settings = useSettings(number, schema, check);
  const { layer, filter, seed } = settings.config;
  const { result: run, clip, problem } = useLab(number, 'stageOutputs', [stages]);
  const alive = useContext(WithoutScript) === undefined;
  const relu = layer === 'conv1' ? 'relu1' : 'relu2';
  const maps = run?.outputs[relu];
  const limit = maps ? limitOf(maps) : 1;
  const scale = useMemo(
    () =>
      ({ diverging }: Palette) =>
        signedScale(diverging, limit),
    [limit],
  );
  const title = layer === 'conv1' ? 'the first convolution' : 'the second convolution';
  return (
    <Figure
      number={number}
      layout="wide"
      class="learned"
      settings={settings}
      caption={children}
      controls={<Controls settings={settings} names={names} problem={problem} />}
      plate={
        <>
          <p class="map-title">
            what the kernels of {title} make of <i>{clip?.name ?? 'yes'}</i>, after ReLU: choose one
          </p>
          <div class={layer === 'conv1' ? 'le-strip' : 'le-strip two-rows'}>
            {maps && alive ? (
              <MapStrip
                values={maps}
                scale={scale}
                channel={filter}
                title={title}
                onChoose={(next) => settings.set('filter', next)}
              />
            ) : (
              <LivePicture
                still="convolution-maps"
                themed
                label="What the 32 kernels of the first convolution make of yes"
                paint={undefined}
              />
            )}
          </div>
          <SignedLegend limit={limit} label="after ReLU" positive />
          <div class="le-plates">
            <div class="le-kernel">{run && <Weights run={run} layer={layer} filter={filter} />}</div>
            <Excited number={number} stage={relu} filter={filter} seed={seed} run={run} />
          </div>
        </>
      }
    />
  );
}

interface WeightsProps extends Pick<Choice, 'layer' | 'filter'> {
  readonly run: StageOutputs;
}

/** The nine weights of a kernel of the first convolution; the 32 times nine of one of the second, as pictures. */
function Weights({ run, layer, filter }: WeightsProps) {
  const { weight } = run.weights[layer];
  const slice = useMemo(() => kernelSlice(weight, 0, Math.min(filter, weight.shape[3] - 1)), [weight, filter]);
  const slices = useMemo(() => filterSlices(weight, filter), [weight, filter]);
  return layer === 'conv1' ? (
    <KernelGrid kernel={slice} caption={`kernel ${filter}: nine weights`} />
  ) : (
    <Slices slices={slices} filter={filter} />
  );
}
