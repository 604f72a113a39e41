// Listeners by topic, so that one edit wakes only the rows and panels it concerns.

/** Topics are segment ids and the few names of the store; a listener hears only its own. */
export class Signal<Topic> {
  readonly #listeners = new Map<Topic, Set<() => void>>();

  /** Gives the function that stops listening. */
  listen(topic: Topic, listener: () => void): () => void {
    const known = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, known.add(listener));
    return () => {
      known.delete(listener);
      if (known.size === 0 && this.#listeners.get(topic) === known) this.#listeners.delete(topic);
    };
  }

  tell(topic: Topic): void {
    for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener();
  }

  /** For what changes everything, such as reading the transcript again. */
  tellAll(): void {
    for (const topic of [...this.#listeners.keys()]) this.tell(topic);
  }
}
