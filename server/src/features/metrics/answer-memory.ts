/** The last answers, as many as weigh so much together. What was asked longest ago goes first. */
export class AnswerMemory<Answer> {
  readonly #most: number;
  readonly #kept = new Map<string, { answer: Answer; weight: number }>();
  #weight = 0;

  constructor(mostWeight: number) {
    this.#most = mostWeight;
  }

  find(key: string): Answer | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.answer;
  }

  keep(key: string, answer: Answer, weight: number): void {
    this.#forget(key);
    this.#kept.set(key, { answer, weight });
    this.#weight += weight;
    for (const oldest of this.#kept.keys()) {
      if (this.#weight <= this.#most) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#weight -= this.#kept.get(key)?.weight ?? 0;
    this.#kept.delete(key);
  }
}
