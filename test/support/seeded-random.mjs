/** Random choices that a seed repeats: xorshift over 32 bits, whose state is a hash of the seed. */
export class SeededRandom {
  #state;

  /** @param seed anything that has a text */
  constructor(...seed) {
    let hash = 2_166_136_261;
    for (const character of seed.join('/')) hash = Math.imul(hash ^ character.codePointAt(0), 16_777_619);
    this.#state = hash || 1;
    // Neighbouring seeds begin alike.
    for (let i = 0; i < 8; i++) this.bits();
  }

  /** 32 random bits. */
  bits() {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }

  /** A whole number from 0 up to, and without, `end`. */
  below(end) {
    return Math.floor((this.bits() / 2 ** 32) * end);
  }

  chance(share) {
    return this.bits() < share * 2 ** 32;
  }

  of(list) {
    return list[this.below(list.length)];
  }

  /** @param weighted pairs of a weight and a choice */
  weighted(weighted) {
    let left = this.below(weighted.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, choice] of weighted) {
      if (left < weight) return choice;
      left -= weight;
    }
    throw new Error('no choice has a weight');
  }

  bytes(count) {
    return Buffer.from(Array.from({ length: count }, () => this.below(256)));
  }
}
