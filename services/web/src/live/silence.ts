// A line on which nothing is heard is dead, whatever the network says of it.

/** Calls once nothing was heard for so long. */
export class Silence {
  #timer: ReturnType<typeof setTimeout>;

  constructor(
    private readonly ms: number,
    private readonly fell: () => void,
  ) {
    this.#timer = setTimeout(fell, ms);
  }

  broken(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.fell, this.ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
