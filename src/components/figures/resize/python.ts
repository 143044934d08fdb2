/**
 * The four ways as calls of libraries. Source: the documentation of tf.image.resize, torch.nn.functional.interpolate and
 * cv2.resize. Time is the first axis, as in tf.signal.stft.
 */
import type { PythonCall } from '@/components/chapter/Python';

export function pythonCalls(columns: number, rows: number): readonly PythonCall[] {
  const tf = (method: string, antialias = false) =>
    `tf.image.resize(spectrogram, [${columns}, ${rows}], method="${method}"${antialias ? ', antialias=True' : ''})`;
  const torch = (mode: string, more = '') =>
    `F.interpolate(spectrogram, size=(${columns}, ${rows}), mode="${mode}"${more})`;
  return [
    {
      library: 'TensorFlow',
      code: [
        '# spectrogram: [frames, bins, 1]',
        `nearest = ${tf('nearest')}`,
        `bilinear = ${tf('bilinear')}`,
        `area = ${tf('area')}`,
        `antialiased = ${tf('bilinear', true)}`,
      ].join('\n'),
    },
    {
      library: 'PyTorch',
      code: [
        '# spectrogram: [1, 1, frames, bins]; mode="area" counts cells at the edge whole, so area is taken from OpenCV',
        `nearest = ${torch('nearest-exact')}`,
        `bilinear = ${torch('bilinear', ', align_corners=False')}`,
        `area = cv2.resize(spectrogram[0, 0].numpy(), (${rows}, ${columns}), interpolation=cv2.INTER_AREA)`,
        `antialiased = ${torch('bilinear', ', align_corners=False, antialias=True')}`,
      ].join('\n'),
    },
  ];
}
