import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { labError } from './fail.ts';

/** Which lab is meant. */
export interface Which {
  /** Default: `lab`. Several labs may be up at once under different names or in different directories. */
  readonly name?: string;
  /** Where it keeps all it has. Default: `.plinth/lab/NAME` below the current directory. */
  readonly dir?: string;
}

export interface Place {
  readonly name: string;
  readonly dir: string;
  /** The mark of all its processes: their cgroup is called `plinth-lab.ID`. The same name and directory give the same mark. */
  readonly id: string;
}

export function locate({ name = 'lab', dir = `.plinth/lab/${name}` }: Which): Place {
  if (!/^[a-z0-9][a-z0-9-]{0,29}$/.test(name)) {
    throw labError(`"${name}" cannot be the name of a lab`, { hint: 'Use lower-case letters, digits and dashes, at most 30.' });
  }
  const path = resolve(dir);
  return { name, dir: path, id: `${name}.${createHash('sha256').update(path).digest('hex').slice(0, 8)}` };
}
