/**
 * The errors that may reach a reader. Every message is one or two plain sentences: what was wrong, with the value that
 * was wrong, and what to do about it.
 */
export class KuuloError extends Error {
  override name = 'KuuloError';
}

/** A recording that cannot be read or used: no audio in it, empty, damaged, of an unknown kind. */
export class AudioError extends KuuloError {
  override name = 'AudioError';
}

/** Tensors that do not fit together: says what came, what is needed, and which layer asked. */
export class ShapeError extends KuuloError {
  override name = 'ShapeError';
}

/** A setting out of its bounds, or settings that exclude each other. */
export class ParameterError extends KuuloError {
  override name = 'ParameterError';
  /** The name of the setting at fault, so that its control can show the sentence. */
  readonly parameter: string;
  constructor(parameter: string, message: string) {
    super(message);
    this.parameter = parameter;
  }
}

/** A model whose files are missing, damaged, or do not belong together. */
export class ModelError extends KuuloError {
  override name = 'ModelError';
}
