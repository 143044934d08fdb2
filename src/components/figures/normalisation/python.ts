/** A normalisation by the clip's own statistics as lines of NumPy and PyTorch. */
import type { PythonCall } from '@/components/chapter/Python';
import type { Way } from '@/workers/lab/normalisation-ways';

/** `x` is the picture. NumPy's variance divides by N; PyTorch's does only where it is told to. */
export function pythonCalls({ method, epsilon }: Way): readonly PythonCall[] {
  const numpy =
    method === 'z-score'
      ? `y = (x - x.mean()) / np.sqrt(x.var() + ${epsilon})`
      : `y = (x - x.min()) / max(np.ptp(x), ${epsilon})`;
  const torch =
    method === 'z-score'
      ? `y = (x - x.mean()) / torch.sqrt(x.var(unbiased=False) + ${epsilon})`
      : `y = (x - x.min()) / (x.max() - x.min()).clamp(min=${epsilon})`;
  return [
    { library: 'NumPy', code: `import numpy as np\n\n${numpy}` },
    { library: 'PyTorch', code: `import torch\n\n${torch}` },
  ];
}
