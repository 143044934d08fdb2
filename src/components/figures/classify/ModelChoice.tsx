import { formatNumber } from '@/components/plots/format';
import { choose, chosen, models, unknownModel } from './model.ts';
import { bytesOf, secondsOf } from './model-words.ts';

/** Which model listens, and what it listens for. */
export function ModelChoice() {
  const model = chosen.value;
  if (!model) return null;
  const { task, classes, chain, card, weights, bytes } = model;
  return (
    <section class="model wide" aria-label="The model">
      <p class="model-row">
        <label>
          <span>Model</span>
          <select value={model.name} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            {models.value.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {models.value.length > 1 && (
          <a class="link" href="#side-by-side">
            All of them on this sound
          </a>
        )}
        {card && (
          <a class="link" href={`/models/#${model.name}`}>
            Its card
          </a>
        )}
      </p>
      {unknownModel.value !== undefined && (
        <p class="model-none">
          There is no model called <i>{unknownModel.value}</i>, so <i>{model.name}</i> is open. Choose another one here.
        </p>
      )}
      <p class="model-task">{task}</p>
      <p>
        It takes {secondsOf(model)} at {formatNumber(model.sampleRate / 1000, { unit: 'kHz' })}
        {model.hop === undefined
          ? ', of a longer sound the part in the frame'
          : `, of a longer sound one such tile every ${formatNumber(model.hop / model.sampleRate, { unit: 's' })}, and answers with the mean over all`}
        . Whatever it hears, it names one of its {classes.length}{' '}
        {classes.length > 12 ? 'classes' : <>classes: {listOf(classes)}</>}.
      </p>
      <p>
        <b>Chain:</b> {chain}, {classes.length} answers; {formatNumber(weights, { decimals: 0 })} weights,{' '}
        {bytesOf(bytes)}.
      </p>
      <p>
        {card ? (
          <>
            <b>Measured:</b> {card.measured}. Trained on {card.data}.
          </>
        ) : (
          'It has not been measured yet: it has no card.'
        )}
      </p>
      {classes.length > 12 && (
        <details>
          <summary>All {classes.length} classes</summary>
          <p>{listOf(classes)}</p>
        </details>
      )}
    </section>
  );
}

function listOf(classes: readonly string[]) {
  return <i>{classes.join(', ')}</i>;
}
