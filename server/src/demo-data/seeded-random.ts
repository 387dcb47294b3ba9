/** Character code of the lowest hex digit. */
function hexCode(value: number): number {
  const digit = value & 15;
  return digit < 10 ? 48 + digit : 87 + digit;
}

const decimalsOfFour: readonly string[] = Array.from({ length: 10_000 }, (_, value) => String(value).padStart(4, '0'));
const decimal4 = (value: number): string => decimalsOfFour[value % 10_000] ?? '';

// The ids below are built by one fromCharCode each: joined from parts they stay trees of strings, which cost a row half of its time.

/** sfc32 keyed by any text: the same text gives the same numbers on every machine (integer arithmetic only). */
export class SeededRandom {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 1;

  constructor(key: string) {
    // cyrb128: four lanes of a multiplicative hash, mixed at the end.
    let h1 = 1_779_033_703;
    let h2 = 3_144_134_277;
    let h3 = 1_013_904_242;
    let h4 = 2_773_480_762;
    for (let i = 0; i < key.length; i++) {
      const k = key.charCodeAt(i);
      h1 = h2 ^ Math.imul(h1 ^ k, 597_399_067);
      h2 = h3 ^ Math.imul(h2 ^ k, 2_869_860_233);
      h3 = h4 ^ Math.imul(h3 ^ k, 951_274_213);
      h4 = h1 ^ Math.imul(h4 ^ k, 2_716_044_179);
    }
    h1 = Math.imul(h3 ^ (h1 >>> 18), 597_399_067);
    h2 = Math.imul(h4 ^ (h2 >>> 22), 2_869_860_233);
    h3 = Math.imul(h1 ^ (h3 >>> 17), 951_274_213);
    h4 = Math.imul(h2 ^ (h4 >>> 19), 2_716_044_179);
    this.a = h1 ^ h2 ^ h3 ^ h4;
    this.b = h2 ^ h1;
    this.c = h3 ^ h1;
    this.counter = h4 ^ h1;
    for (let i = 0; i < 12; i++) this.uint32(); // sfc32 needs about 12 rounds until nearby keys have nothing in common
  }

  uint32(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** 0 ≤ x < 1. */
  unit(): number {
    return this.uint32() / 4_294_967_296;
  }

  /** A whole number, 0 ≤ n < limit. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  /** A whole number, from ≤ n ≤ to. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  chance(share: number): boolean {
    return this.unit() < share;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('Nothing to pick from: the list is empty');
    return item;
  }

  /** Version 4 in form; its bits come from this sequence. */
  uuid(): string {
    const a = this.uint32();
    const b = this.uint32();
    const c = this.uint32();
    const d = this.uint32();
    // biome-ignore format: 8-4-4-4-12 digits, a line per group
    return String.fromCharCode(
      hexCode(a), hexCode(a >>> 4), hexCode(a >>> 8), hexCode(a >>> 12), hexCode(a >>> 16), hexCode(a >>> 20), hexCode(a >>> 24), hexCode(a >>> 28),
      45, hexCode(b), hexCode(b >>> 4), hexCode(b >>> 8), hexCode(b >>> 12),
      45, 52, hexCode(b >>> 16), hexCode(b >>> 20), hexCode(b >>> 24),
      45, hexCode(8 | (b >>> 30)), hexCode(c), hexCode(c >>> 4), hexCode(c >>> 8),
      45, hexCode(c >>> 12), hexCode(c >>> 16), hexCode(c >>> 20), hexCode(c >>> 24), hexCode(d), hexCode(d >>> 4), hexCode(d >>> 8), hexCode(d >>> 12), hexCode(d >>> 16), hexCode(d >>> 20), hexCode(d >>> 24), hexCode(d >>> 28),
    );
  }

  /** A session id of RFC 7206 as these records have them: 32 hex digits, the middle ones always the same. */
  sessionId(): string {
    const a = this.uint32();
    const b = this.uint32();
    // biome-ignore format: eight random digits, 00105000 a0000242, eight random digits
    return String.fromCharCode(
      hexCode(a), hexCode(a >>> 4), hexCode(a >>> 8), hexCode(a >>> 12), hexCode(a >>> 16), hexCode(a >>> 20), hexCode(a >>> 24), hexCode(a >>> 28),
      48, 48, 49, 48, 53, 48, 48, 48, 97, 48, 48, 48, 48, 50, 52, 50,
      hexCode(b), hexCode(b >>> 4), hexCode(b >>> 8), hexCode(b >>> 12), hexCode(b >>> 16), hexCode(b >>> 20), hexCode(b >>> 24), hexCode(b >>> 28),
    );
  }

  /** Eight decimal digits. */
  decimal8(): string {
    const a = this.uint32();
    return decimal4(a >>> 16) + decimal4(a & 0xffff);
  }
}
