import { z } from 'zod';

const number = z.union([z.number(), z.string().transform(Number)]).catch(0);

/** `cilium-dbg status -o json`, versions 1.13 to 1.20: what is missing in one is undefined. */
const status = z.looseObject({
  'kube-proxy-replacement': z.looseObject({ mode: z.string().optional() }).optional(),
  routing: z.looseObject({ 'inter-host-routing-mode': z.string().optional(), 'intra-host-routing-mode': z.string().optional(), 'tunnel-protocol': z.string().optional() }).optional(),
  // Before 1.16.
  'host-routing': z.looseObject({ mode: z.string().optional() }).optional(),
  masquerading: z.looseObject({ enabled: z.boolean().optional(), mode: z.string().optional() }).optional(),
  controllers: z.array(z.looseObject({ name: z.string().default('?'), status: z.looseObject({ 'consecutive-failure-count': number.optional(), 'last-failure-msg': z.string().optional() }).optional() })).nullish(),
  hubble: z.looseObject({ state: z.string().optional(), observer: z.looseObject({ 'current-flows': number.optional(), 'max-flows': number.optional(), 'seen-flows': number.optional(), uptime: z.union([z.string(), z.number()]).optional() }).nullish() }).optional(),
});

/** What one agent of Cilium says of itself. */
export interface Agent {
  readonly pod: string;
  readonly node: string;
  /** Why nothing is known of it. */
  readonly why?: string;
  readonly replaces?: string | undefined;
  readonly routing?: string | undefined;
  readonly hostRouting?: string | undefined;
  readonly masquerading?: string | undefined;
  readonly controllers?: { readonly all: number; readonly failing: readonly string[] };
  readonly hubble?: { readonly state: string; readonly max: number; readonly seen: number; readonly seconds: number | undefined };
  /** Rows of its maps by what they are. */
  readonly maps: Readonly<Record<string, number>>;
}

/** Agents as the script of `cilium.ts` tells of them: `== POD NODE READY`, a line of JSON, `map NAME NUMBER`. */
export function agentsIn(lines: readonly string[]): readonly Agent[] {
  const heads = lines.flatMap((line, at) => (line.startsWith('== ') ? [at] : []));
  return heads.map((at, index) => agentIn(lines.slice(at, heads[index + 1])));
}

function agentIn([head = '', ...rest]: readonly string[]): Agent {
  const [, pod = '', node = '', ready = ''] = head.split(' ');
  const maps = Object.fromEntries(rest.flatMap((line) => (line.startsWith('map ') ? [[line.split(' ')[1] ?? '', Number(line.split(' ')[2])] as const] : [])));
  const first = rest.findIndex((line) => line.trim() === '{' || line.startsWith('{'));
  const other = rest.filter((line) => !line.startsWith('map ')).join('\n');
  if (first < 0) return { pod, node, maps, why: ready === 'true' ? brief(other) || 'it said nothing' : `it is not ready${other === '' ? '' : `: ${brief(other)}`}` };
  const parsed = status.safeParse(jsonIn(rest.filter((line) => !line.startsWith('map ')).slice(first).join('\n')));
  if (!parsed.success) return { pod, node, maps, why: `its status makes no sense: ${parsed.error.issues[0]?.message ?? ''}` };
  const { routing, masquerading, controllers, hubble, ...more } = parsed.data;
  const failing = (controllers ?? []).filter((one) => (one.status?.['consecutive-failure-count'] ?? 0) > 0);
  return {
    pod,
    node,
    maps,
    replaces: more['kube-proxy-replacement']?.mode,
    routing: routing?.['inter-host-routing-mode'] && `${routing['inter-host-routing-mode']}${routing['tunnel-protocol'] ? ` ${routing['tunnel-protocol']}` : ''}`,
    hostRouting: routing?.['intra-host-routing-mode'] ?? more['host-routing']?.mode,
    masquerading: masquerading && (masquerading.enabled === false ? 'Disabled' : masquerading.mode),
    controllers: { all: (controllers ?? []).length, failing: failing.map((one) => `${one.name}: ${one.status?.['last-failure-msg'] ?? 'failing'}`) },
    ...(hubble ? { hubble: { state: hubble.state ?? '', max: hubble.observer?.['max-flows'] ?? 0, seen: hubble.observer?.['seen-flows'] ?? 0, seconds: secondsOf(hubble.observer?.uptime) } } : {}),
  };
}

/** The first thing that something waits for; what comes after it waits for that. */
function brief(text: string): string {
  const [line = ''] = text.split('\n').filter((one) => one.trim() !== '' && !/: PodInitializing\s*$/.test(one));
  return line.length > 200 ? `${line.slice(0, 200)}...` : line.trim();
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3 };

/** A duration of Go, `1h2m3.5s`, or nanoseconds. */
export function secondsOf(uptime: string | number | undefined): number | undefined {
  if (typeof uptime === 'number') return uptime / 1e9;
  const parts = [...(uptime ?? '').matchAll(/([\d.]+)(ms|h|m|s)/g)];
  return parts.length === 0 ? undefined : parts.reduce((sum, [, digits, unit]) => sum + Number(digits) * (units[unit ?? ''] ?? 0), 0);
}
