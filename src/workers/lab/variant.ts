/** A network with other settings in some of its stages, and the weights that it was trained with. */
import { createNetwork, getWeights, type Network, setWeights } from '../../lib/model/network.ts';

/**
 * @param changes by the stage's name, what differs in its config
 * @throws ShapeError where the stages no longer fit together, ParameterError for settings that cannot be
 */
export function variantOf(
  network: Network,
  changes: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Network {
  const { architecture } = network;
  const stages = architecture.stages.map((stage) =>
    changes[stage.name] ? { ...stage, config: { ...stage.config, ...changes[stage.name] } } : stage,
  );
  const variant = createNetwork({ ...architecture, stages });
  setWeights(variant, getWeights(network));
  return variant;
}
