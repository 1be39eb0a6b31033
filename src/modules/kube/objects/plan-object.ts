import { stringify } from 'yaml';
import { type Change, change, type Kube, type KubeObject, type Refusal, refuse } from '../../../contract/index.ts';
import type { Access } from './asking.ts';
import { type Difference, differences } from './differences.ts';
import { applying, deleting, waitingEstablished } from './effects.ts';
import { isFields, refOf, shown, type Wanted } from './manifest.ts';

/** How much of an object is told where it is made: lines of YAML. */
const toldLines = 120;

/** Effects wait themselves, and say what for; the engine's own limit comes after theirs. In ms. */
export const grace = 30_000;

export interface ApplyOptions extends Access {
  /** Takes fields over from others. */
  readonly force: boolean;
}

/** What mends an object that is not as wanted, field by field. */
export function* planObject(wanted: Wanted, { object }: Kube, options: ApplyOptions): Generator<Change | Refusal> {
  const what = shown(refOf(wanted));
  const effect = { timeout: options.timeout + grace };
  if (!object) return yield change(what, undefined, yamlOf(wanted), applying(wanted, options, options), effect);
  const found = differences(wanted, object);
  const taken = options.force ? [] : found.filter(({ to, owners }) => to !== undefined && owners.length > 0);
  if (taken.length > 0) return yield conflict(what, taken);
  if (found.length > 0) yield change(what, toldOf(found, 'from', wanted), toldOf(found, 'to', wanted), applying(wanted, options, options), effect);
  else if (wanted.kind === 'CustomResourceDefinition' && !isEstablished(object)) yield change(what, 'not established', 'established', waitingEstablished(wanted.metadata.name, options), { ...effect, passive: true });
}

/** What takes an object away. */
export function* planGone(wanted: Wanted, { object }: Kube, access: Access): Generator<Change> {
  if (object) yield change(shown(refOf(wanted)), 'there', undefined, deleting(refOf(wanted), access), { timeout: access.timeout + grace });
}

const conflict = (what: string, taken: readonly Difference[]): Refusal =>
  refuse(`${what} has fields that belong to somebody else`, taken.map(({ path, from, to, owners }) => `${path}: ${brief(from)} is set by ${owners.join(' and ')}, wanted ${brief(to)}`).join('\n'), {
    hint: 'Leave these fields out of the manifest, or take them over: force: true.',
    final: true,
  });

/** Differences as lines, a path each. */
export const toldOf = (found: readonly Difference[], side: 'from' | 'to', { kind }: Pick<Wanted, 'kind'>): string => found.map((one) => `${one.path}: ${kind === 'Secret' && one.path.startsWith('data') && one[side] !== undefined ? '(not shown)' : brief(one[side])}${kind === 'Secret' && side === 'to' && one.to !== undefined ? ' (changed)' : ''}`).join('\n');

function brief(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

/** The object as people write it; what a Secret holds is not told. */
function yamlOf(wanted: Wanted): string {
  const hidden = wanted.kind === 'Secret' && isFields(wanted.data) ? { ...wanted, data: Object.fromEntries(Object.keys(wanted.data).map((key) => [key, '(not shown)'])) } : wanted;
  const lines = stringify(hidden, { lineWidth: 0 }).trimEnd().split('\n');
  return `${lines.slice(0, toldLines).join('\n')}${lines.length > toldLines ? `\n# and ${lines.length - toldLines} more lines` : ''}\n`;
}

export function isEstablished({ status }: KubeObject): boolean {
  const conditions = isFields(status) && Array.isArray(status.conditions) ? status.conditions : [];
  return conditions.some((one) => isFields(one) && one.type === 'Established' && one.status === 'True');
}
