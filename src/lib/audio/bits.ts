/** Reads bits from bytes, most significant first. Past the end it gives zeros; `overrun` tells. */
export class BitReader {
  private readonly bytes: Uint8Array;
  private next: number;
  /** The bits taken from `bytes` but not yet read, at the low end of a 32-bit number. */
  private held = 0;
  private count = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.bytes = bytes;
    this.next = start;
  }

  /** An unsigned number of 0 to 32 bits. */
  unsigned(bits: number): number {
    if (bits > 16) return this.unsigned(bits - 16) * 65536 + this.unsigned(16);
    while (this.count < bits) this.fetch();
    this.count -= bits;
    const value = (this.held >>> this.count) & ((1 << bits) - 1);
    return value;
  }

  /** A number of 1 to 33 bits in two's complement. */
  signed(bits: number): number {
    if (bits === 33) return (this.unsigned(1) ? -4294967296 : 0) + this.unsigned(32);
    const value = this.unsigned(bits);
    const limit = 2 ** (bits - 1);
    return value >= limit ? value - 2 * limit : value;
  }

  /** How many zeros stand before the next one; the one is read too. Ends at the end of the bytes. */
  unary(): number {
    let zeros = 0;
    for (;;) {
      const rest = this.count === 0 ? 0 : this.held & (0xffffffff >>> (32 - this.count));
      if (rest !== 0) {
        const leading = Math.clz32(rest) - (32 - this.count);
        this.count -= leading + 1;
        return zeros + leading;
      }
      zeros += this.count;
      this.count = 0;
      if (this.overrun) return zeros;
      this.fetch();
    }
  }

  /** Skips to the next whole byte. */
  align(): void {
    this.count -= this.count % 8;
  }

  /** The byte that the next bit is in; meaningful after align. */
  get position(): number {
    return this.next - this.count / 8;
  }

  /** Whether more was read than there is. */
  get overrun(): boolean {
    return this.next > this.bytes.length;
  }

  private fetch(): void {
    const byte = this.next < this.bytes.length ? this.bytes[this.next] : 0;
    this.next++;
    this.held = (this.held << 8) | byte;
    this.count += 8;
  }
}
