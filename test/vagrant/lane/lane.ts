import type { Machine, Topology } from '../topology.ts';
import type { LaneOptions } from './options.ts';
import type { Inside } from './inside.ts';
import type { Plinth } from './plinth.ts';
import type { Steps } from './steps.ts';

/** Everything a step may need. */
export interface Lane extends LaneOptions {
  /** The repository. */
  readonly root: string;
  /** test/vagrant in it. */
  readonly folder: string;
  /** Gone when the run ends. */
  readonly state: string;
  readonly machines: readonly Machine[];
  readonly spec: Topology;
  readonly here: Inside;
  readonly plinth: Plinth;
  /** What `vagrant ssh-config` said. */
  readonly sshConfig: string;
  readonly steps: Steps;
  /** Whether the machines have a kernel of their own. */
  readonly kernels: boolean;
}
