import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locate, type Which } from '../../src/lab/locate.ts';
import { prerequisites } from '../../src/lab/index.ts';
import { run, type Ran } from '../../src/lab/run.ts';
import { sshCommand } from '../../src/lab/ssh.ts';

/** Whether this machine can have a lab at all; `npm test` installs what is missing before. */
export const noLab = prerequisites().blocked !== undefined || prerequisites().missing.length > 0;

/** A lab in a directory of its own, which no other test uses. */
export const someLab = (name: string): Required<Which> => ({ name, dir: join(mkdtempSync(join(tmpdir(), 'plinth-lab-')), 'lab') });

/** Runs a script on a node, by plain OpenSSH and as root. */
export const onNode = async (which: Which, node: string, script: string): Promise<Ran> => run([...(await sshCommand(node, which)), 'sudo', 'sh'], { input: script });

/** Its output, trimmed; fails the test when the script fails. */
export async function answer(which: Which, node: string, script: string): Promise<string> {
  const { code, stdout, stderr } = await onNode(which, node, script);
  if (code !== 0) throw new Error(`${script}\nended with ${code}: ${stderr}`);
  return stdout.trim();
}

/** All that a lab could leave behind on the machine. Empty means that it left nothing. */
export async function tracesOf(which: Required<Which>): Promise<string[]> {
  const { id, dir } = locate(which);
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n').filter((line) => line.includes(dir));
  const namespaces = (await run(['ip', 'netns', 'list'])).stdout.split('\n').filter((line) => line.includes(id));
  const cgroups = (await run(['find', '/sys/fs/cgroup', '-type', 'd', '-name', `plinth-lab.${id}`])).stdout.split('\n').filter(Boolean);
  return [...mounts, ...namespaces, ...cgroups, ...(existsSync(dir) ? [dir] : []), ...processesOf(id, dir)];
}

/** Processes in the lab's cgroup, or started with its directory or mark on their command line. */
export function processesOf(id: string, dir: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    const [cgroup, command] = ['cgroup', 'cmdline'].map((file) => read(`/proc/${pid}/${file}`));
    const isOurs = cgroup?.includes(id) || command?.includes(`plinth-lab.${id}`) || command?.includes(`${dir}/bin/`);
    return isOurs ? [`${pid} ${command?.replaceAll('\0', ' ').slice(0, 200)}`] : [];
  });
}

/** Starts `up` in a process of its own that a test may kill. */
export async function upElsewhere(program: string, options: object, before: readonly string[] = []) {
  const [file, args] = before.length > 0 ? [before[0] ?? '', [...before.slice(1), process.execPath]] : [process.execPath, []];
  const child = spawn(file, [...args, program, JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => child.on('close', (code) => resolve({ code, stderr })));
  return { child, ended };
}

/** One file that calls `up` with the options on its command line. */
export async function bundleUp(): Promise<{ program: string; remove: () => void }> {
  const { build } = await import('esbuild');
  const dir = mkdtempSync(join(tmpdir(), 'plinth-up-'));
  const program = join(dir, 'up.mjs');
  await build({
    stdin: { contents: `import { up } from './up.ts';\nawait up(JSON.parse(process.argv[2]));`, resolveDir: join(import.meta.dirname, '../../src/lab'), loader: 'ts' },
    ...{ bundle: true, platform: 'node', format: 'esm', outfile: program, external: ['zx'], logLevel: 'error' },
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
  });
  return { program, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
