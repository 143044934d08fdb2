/**
 * Runs in the audio thread: posts what the microphone gives, in blocks, with the number of their first frame. Without
 * imports, since some browsers do not load a worklet's modules.
 */
declare const currentFrame: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** About 20 ms at 48 kHz: fine enough for a level meter, few enough messages. */
const blockLength = 1024;

class RecorderProcessor extends AudioWorkletProcessor {
  #block = new Float32Array(blockLength);
  #length = 0;
  #firstFrame = 0;

  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    const input = inputs[0]?.[0];
    if (!input) return true;
    if (this.#length === 0) this.#firstFrame = currentFrame;
    const skipped = currentFrame !== this.#firstFrame + this.#length;
    if (skipped || this.#length + input.length > blockLength) {
      this.#post();
      this.#firstFrame = currentFrame;
    }
    this.#block.set(input, this.#length);
    this.#length += input.length;
    if (this.#length === blockLength) this.#post();
    return true;
  }

  #post(): void {
    if (this.#length === 0) return;
    const samples = this.#block.slice(0, this.#length);
    this.port.postMessage({ frame: this.#firstFrame, samples }, [samples.buffer]);
    this.#length = 0;
  }
}

registerProcessor('kuulo-recorder', RecorderProcessor);
