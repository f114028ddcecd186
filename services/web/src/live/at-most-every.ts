// So that a storm of changes is no storm of questions.

type Run = () => Promise<unknown>;

/** Per name: runs at once; what comes while it runs, or within the time after it, is done once at the end. */
export function atMostEvery(ms: number): (name: string, run: Run) => void {
  const wanted = new Map<string, Run | undefined>();
  const pause = () => new Promise((resolve) => setTimeout(resolve, ms));
  async function keepRunning(name: string, first: Run): Promise<void> {
    for (let run: Run | undefined = first; run !== undefined; run = wanted.get(name)) {
      wanted.set(name, undefined);
      await run().catch(() => undefined);
      await pause();
    }
    wanted.delete(name);
  }
  return (name, run) => {
    if (wanted.has(name)) wanted.set(name, run);
    else void keepRunning(name, run);
  };
}
