import { type KubeRef, type Script, sh } from '../../../contract/index.ts';
import { type Access, withKubectl } from '../objects/asking.ts';
import { shown } from '../objects/manifest.ts';
import type { Goal } from './judge.ts';
import { eventsTemplate, podsTemplate, selectorTemplate, templateOf } from './templates.ts';

export interface Waiting extends Access {
  /** In ms. */
  readonly interval: number;
}

/**
 * `await_object WHAT STUB OWNER NAMESPACE TEMPLATE GONE`: looks again and again, says every five seconds how it stands and which pods are not
 * ready, and fails with the last warnings of the namespace. OWNER is the object whose selector leads to the pods.
 */
export const awaiting = ({ interval }: Pick<Waiting, 'interval'>): Script => sh`unready() {
  labels=$(printf '%s' "$2" | k get -f - --ignore-not-found -o go-template=${selectorTemplate} 2>/dev/null) || labels=''
  if [ -n "$labels" ]; then k get pods -n "$1" -l "\${labels%,}" -o go-template=${podsTemplate} 2>/dev/null | head -n "$3" | cut -c 1-300; fi
}
await_object() {
  clock; since=$now; told=$now
  while :; do
    if state=$(printf '%s' "$2" | k get -f - --ignore-not-found -o "go-template=$5" 2>&1); then
      state=$(printf '%s\n' "$state" | grep -v '^Warning:') || state=''
      if [ -z "$state" ]; then if [ "$6" = gone ]; then state='yes gone'; else state='no not there'; fi; fi
    else state="no $(printf '%s' "$state" | tail -n 1)"; fi
    case $state in 'yes '*) printf '%s: %s\n' "$1" "\${state#yes }"; return 0;; esac
    clock
    if [ $((now - since)) -ge "$patience" ]; then
      printf 'waited %s s for %s in vain: %s\n' $((now - since)) "$1" "\${state#no }" >&2
      unready "$4" "$3" 8 >&2 || :
      warnings=$(k get events -n "$4" --field-selector type=Warning --sort-by=.lastTimestamp -o go-template=${eventsTemplate} 2>/dev/null | tail -n 5 | cut -c 1-300) || warnings=''
      if [ -n "$warnings" ]; then printf 'the last warnings in %s:\n%s\n' "$4" "$warnings" >&2; fi
      return 1
    fi
    if [ $((now - told)) -ge 5 ]; then
      told=$now; pods=$(unready "$4" "$3" 3 | tr '\n' ';') || pods=''
      printf 'waiting for %s, %s s: %s%s\n' "$1" $((now - since)) "\${state#no }" "\${pods:+; $pods}"
    fi
    sleep ${Math.ceil(interval / 1000)}
  done
}`;

/** One object until it is as it should be. */
export const waiting = (looked: KubeRef, owner: KubeRef, goal: Goal, options: Waiting): Script =>
  withKubectl(options, sh`${awaiting(options)}
await_object ${shown(owner)} ${stub(looked)} ${stub(owner)} ${owner.namespace ?? 'default'} ${templateOf(goal)} ${goal === 'gone' ? 'gone' : 'there'}`);

const stub = ({ apiVersion, kind, name, namespace }: KubeRef): string => JSON.stringify({ apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } });
