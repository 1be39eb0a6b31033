import { z } from 'zod';
import type { Kube } from '../../../contract/index.ts';
import type { Readiness } from './kinds.ts';

/** What is waited for. */
export type Goal = 'exists' | 'gone' | 'rollout' | 'endpoints' | { readonly condition: string; readonly status: string };

export interface Verdict {
  readonly isDone: boolean;
  /** How it stands, in a few words. */
  readonly state: string;
}

const workload = z.looseObject({
  metadata: z.looseObject({ generation: z.number().default(0) }),
  spec: z.looseObject({ replicas: z.number().default(1) }).prefault({}),
  status: z
    .looseObject({
      observedGeneration: z.number().default(0),
      replicas: z.number().default(0),
      updatedReplicas: z.number().default(0),
      availableReplicas: z.number().default(0),
      desiredNumberScheduled: z.number().default(0),
      updatedNumberScheduled: z.number().default(0),
      numberAvailable: z.number().default(0),
    })
    .prefault({}),
});
const conditions = z.looseObject({ status: z.looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string(), reason: z.string().optional(), message: z.string().optional() })).default([]) }).prefault({}) });
const endpoints = z.looseObject({ subsets: z.array(z.looseObject({ addresses: z.array(z.unknown()).default([]) })).nullish() });

/** How an object stands with what is waited for. The shell text of \`waiting\` says the same of it, in the words of go-template. */
export function judge({ api, why, object }: Kube, goal: Goal): Verdict {
  if (api === 'none') return { isDone: false, state: why ?? 'no API' };
  if (goal === 'gone') return { isDone: !object, state: object ? 'still there' : 'gone' };
  if (!object) return { isDone: false, state: 'not there' };
  if (goal === 'exists') return { isDone: true, state: 'there' };
  if (goal === 'endpoints') {
    const ready = (endpoints.parse(object).subsets ?? []).reduce((sum, { addresses }) => sum + addresses.length, 0);
    return { isDone: ready > 0, state: `${ready} endpoints` };
  }
  if (goal === 'rollout') return rolledOut(object);
  const found = conditions.parse(object).status.conditions.find(({ type }) => type === goal.condition);
  return { isDone: found?.status === goal.status, state: found ? `${goal.condition} is ${found.status}${found.reason === undefined ? '' : ` (${found.reason})`}` : `no condition ${goal.condition}` };
}

function rolledOut(object: NonNullable<Kube['object']>): Verdict {
  const { metadata, spec, status } = workload.parse(object);
  if (status.observedGeneration < metadata.generation) return { isDone: false, state: 'its last change is not seen yet' };
  const isDaemon = object.kind === 'DaemonSet';
  const [wanted, updated, available] = isDaemon ? [status.desiredNumberScheduled, status.updatedNumberScheduled, status.numberAvailable] : [spec.replicas, status.updatedReplicas, status.availableReplicas];
  const old = isDaemon ? 0 : status.replicas - status.updatedReplicas;
  const state = `${updated} of ${wanted} updated, ${available} available${old > 0 ? `, ${old} old ones left` : ''}`;
  return { isDone: updated >= wanted && available >= wanted && old <= 0, state };
}

export function goalOf(until: 'ready' | 'exists' | 'gone' | { readonly condition: string; readonly status: string }, known: Readiness | undefined): Goal {
  if (until !== 'ready') return until;
  if (known === undefined) return { condition: 'Ready', status: 'True' };
  return typeof known.by === 'string' ? known.by : { condition: known.by.condition, status: 'True' };
}
