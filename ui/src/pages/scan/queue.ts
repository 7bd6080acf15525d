/**
 * Runs jobs a few at a time and hands over their results in the order in which the jobs were put in.
 *
 * A scanner fires faster than a server answers. Nothing put in is ever dropped: it waits.
 */
export class OrderedQueue {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private last: Promise<unknown> = Promise.resolve();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** Put in a job; `deliver` gets its result after those of all earlier jobs. `job` must not reject. */
  put<Result>(job: () => Promise<Result>, deliver: (result: Result) => void): void {
    const result = this.run(job);
    this.last = Promise.all([this.last, result]).then(([, value]) => deliver(value));
  }

  /** Resolves when everything put in so far has been handed over. */
  idle(): Promise<unknown> {
    return this.last;
  }

  private async run<Result>(job: () => Promise<Result>): Promise<Result> {
    if (this.running < this.most) this.running += 1;
    else await new Promise<void>((go) => this.waiting.push(go));
    try {
      return await job();
    } finally {
      // Whoever waits takes the place over, so that nobody slips in between.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
