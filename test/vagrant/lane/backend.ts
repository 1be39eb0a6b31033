import type { Apt } from '../../../src/lab/apt/read-apt.ts';
import type { Boxes, Machine } from '../topology.ts';
import type { Inside } from './inside.ts';
import type { LaneOptions } from './options.ts';
import type { Steps } from './steps.ts';
import type { World } from './world.ts';

export interface BackendContext extends LaneOptions {
  readonly here: Inside;
  readonly world: World;
  readonly state: string;
  readonly folder: string;
  readonly machines: readonly Machine[];
  readonly boxes: Boxes;
  readonly apt: Apt;
  readonly steps: Steps;
}

/** What differs between providers before Vagrant can bring machines up. */
export interface Backend {
  /** Whether its machines have a kernel of their own, and can be snapshotted. */
  readonly kernels: boolean;
  /** Shell that is run while the world is made; may hide the machine's own services from it. */
  readonly prepare: (state: string) => string;
  /** For all that runs in the world. */
  readonly env: (state: string) => Readonly<Record<string, string>>;
  /** Starts the service and brings the boxes or images. */
  readonly start: (context: BackendContext) => Promise<void>;
}
