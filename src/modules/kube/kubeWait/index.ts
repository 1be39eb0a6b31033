import { change, defineModule, type KubeRef, read } from '../../../contract/index.ts';
import { shown } from '../objects/manifest.ts';
import { grace } from '../objects/plan-object.ts';
import { type WaitArgs, waitArgs } from './args.ts';
import { type Goal, goalOf, judge } from './judge.ts';
import { kinds } from './kinds.ts';
import { waiting } from './waiting.ts';

/** Changes nothing: a plan says how it stands, and apply waits. */
export const kubeWait = defineModule({
  name: 'kubeWait',
  summary: 'Waits until an object of the API is ready, and says why it is not yet.',

  args: waitArgs,

  observe: (args) => ({ found: read.kube(lookedAt(args), args.kubeconfig) }),

  *plan(args, { found }) {
    const goal = goalOf(args.until, kinds[args.kind]);
    const { isDone, state } = judge(found, goal);
    if (!isDone) yield change(shown(ownerOf(args)), state, wantedState(goal), waiting(lookedAt(args), ownerOf(args), goal, args), { passive: true, timeout: args.timeout + grace });
  },
});

const ownerOf = ({ kind, apiVersion, name, namespace }: WaitArgs): KubeRef => ({ apiVersion: apiVersion ?? kinds[kind]?.apiVersion ?? 'v1', kind, name, ...(namespace === undefined ? {} : { namespace }) });

function lookedAt(args: WaitArgs): KubeRef {
  const owner = ownerOf(args);
  return args.until === 'ready' ? { ...owner, kind: kinds[args.kind]?.kind ?? args.kind } : owner;
}

function wantedState(goal: Goal): string {
  if (goal === 'exists') return 'there';
  if (goal === 'gone') return 'gone';
  if (goal === 'rollout') return 'rolled out';
  return goal === 'endpoints' ? 'with endpoints' : `${goal.condition} is ${goal.status}`;
}
