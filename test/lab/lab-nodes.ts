import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { down, type Lab, labInventory, type LabHost, up } from '../../src/lab/index.ts';
import { run } from '../../src/lab/run.ts';
import { built } from './built.ts';
import { type Ran, type Running, start } from './controller.ts';

/** Three nodes and a folder to run the program in, for one test file. Everything in it is gone afterwards. */
export interface LabNodes {
  /** Where the program runs: its files are shown relative to it. */
  readonly dir: string;
  readonly names: readonly string[];
  /** The lab's inventory, as `lab up` wrote it. */
  readonly inventory: string;
  readonly lab: Lab;
  host(name: string): LabHost;
  /** Puts a file into the folder; gives its name. */
  write(name: string, text: string): string;
  /** Copies a playbook of test/lab/playbooks into the folder; gives its name. */
  playbook(name: string): string;
  /** Runs `plinth` to its end. */
  plinth(...args: readonly string[]): Promise<Ran>;
  start(...args: readonly string[]): Running;
  /** What a script of root prints, trimmed, by plain OpenSSH; throws when it fails. */
  on(node: string, script: string): Promise<string>;
  /** The same on every node, in order. */
  everywhere(script: string): Promise<string[]>;
  /** More of the environment, such as secrets. */
  readonly env: Record<string, string>;
}

/** Brings the lab up before the tests of this file and down after them. */
export function labNodes(name: string, options: { readonly nodes?: number } = {}): LabNodes {
  const dir = mkdtempSync(join(tmpdir(), `plinth-${name}-`));
  const which = { name, dir: join(dir, 'lab') };
  const env: Record<string, string> = { PATH: process.env['PATH'] ?? '', HOME: join(dir, 'home'), XDG_CACHE_HOME: join(dir, 'cache') };
  let lab: Lab | undefined;
  const isUp = (): Lab => {
    if (!lab) throw new Error('the lab is not up yet');
    return lab;
  };
  const names = Array.from({ length: options.nodes ?? 3 }, (_, i) => `node${i + 1}`);
  // One connection a node for all looks at it: sharing costs a tenth of logging in.
  const ssh = (node: string): string[] => ['ssh', '-F', join(which.dir, 'ssh_config'), '-o', 'ControlMaster=auto', '-o', `ControlPath=${dir}/%n.sock`, '-o', 'ControlPersist=60', node];

  beforeAll(async () => {
    built();
    mkdirSync(env['HOME'] ?? dir);
    lab = await up({ ...which, nodes: names.length });
  });
  afterAll(async () => {
    await Promise.all(names.map((node) => run([...ssh(node).slice(0, -1), '-O', 'exit', node])));
    await down(which);
    rmSync(dir, { recursive: true, force: true });
  });

  const nodes: LabNodes = {
    dir,
    names,
    env,
    inventory: join(which.dir, 'inventory.yaml'),
    get lab() {
      return isUp();
    },
    host(node) {
      const found = labInventory(isUp()).hosts.find((host) => host.name === node);
      if (!found) throw new Error(`the lab has no ${node}`);
      return found;
    },
    write(file, text) {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), text);
      return file;
    },
    playbook(file) {
      copyFileSync(fileURLToPath(new URL(`playbooks/${file}`, import.meta.url)), join(dir, file));
      return file;
    },
    start: (...args) => start({ cwd: dir, env }, args),
    plinth: (...args) => nodes.start(...args).done,
    async on(node, script) {
      const { code, stdout, stderr } = await run([...ssh(node), 'sudo', 'sh'], { input: `set -e\n${script}` });
      if (code !== 0) throw new Error(`on ${node}:\n${script}\nended with ${code}: ${stdout}${stderr}`);
      return stdout.trim();
    },
    everywhere: (script) => Promise.all(names.map((node) => nodes.on(node, script))),
  };
  return nodes;
}
