/** Tells what is being done and how long it took: one line a step, as it ends. */
export interface Steps {
  /** Runs a step. A failure is told by its name and goes on upwards. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Something to know that is no step. */
  note(text: string): void;
  readonly seconds: () => number;
}

export function makeSteps(say: (line: string) => void = console.log, now: () => number = () => performance.now()): Steps {
  const begun = now();
  return {
    async step(name, work) {
      const started = now();
      const tell = (word: string): void => say(`${word} ${name.padEnd(58)} ${((now() - started) / 1000).toFixed(1).padStart(7)} s`);
      try {
        const result = await work();
        tell('ok    ');
        return result;
      } catch (error) {
        tell('FAILED');
        throw error;
      }
    },
    note: (text) => say(`       ${text}`),
    seconds: () => (now() - begun) / 1000,
  };
}
