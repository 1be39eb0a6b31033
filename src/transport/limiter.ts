/** Lets so many handshakes run at a time, in all and through one jump host: sshd drops what is too much (MaxStartups). */
export interface Limiter {
  run<T>(through: string | undefined, work: () => Promise<T>): Promise<T>;
}

export function createLimiter({ all = 64, perJump = 8 }: { readonly all?: number; readonly perJump?: number } = {}): Limiter {
  const everything = gate(all);
  const jumps = new Map<string, Gate>();
  return {
    run(through, work) {
      if (through === undefined) return everything(work);
      const jump = jumps.get(through) ?? gate(perJump);
      jumps.set(through, jump);
      return jump(() => everything(work));
    },
  };
}

type Gate = <T>(work: () => Promise<T>) => Promise<T>;

function gate(width: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
