/** Settings as the programs that one can copy. */
import type { PythonCall } from '@/components/chapter/Python';
import { asLibrosaCall, asTorchaudioCall } from '@/lib/dsp/mel-call';
import type { MelSettings } from '@/lib/dsp/mel-settings';

export function pythonCalls(settings: MelSettings): readonly PythonCall[] {
  return [
    { library: 'librosa', code: asLibrosaCall(settings) },
    { library: 'torchaudio', code: asTorchaudioCall(settings) },
  ];
}
