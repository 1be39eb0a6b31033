import { type Script, sh } from '../../../contract/index.ts';
import { withKubectl } from '../objects/asking.ts';
import type { NodeArgs } from './args.ts';

export interface Setting {
  readonly verb: 'label' | 'taint';
  /** The annotation that lists what is ours: with all that may be ours before, with what is ours afterwards. */
  readonly list: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** In the words of kubectl. */
  readonly set: readonly string[];
  readonly unset: readonly string[];
  /** Keys of taints that are taken away where the node turns out to have them. */
  readonly unseen?: readonly string[];
}

/** Whatever is cut off here, the list names all that we may have set. */
export const setting = (access: NodeArgs, { verb, list, before, after, set, unset, unseen = [] }: Setting): Script =>
  withKubectl(
    access,
    sh`also='not found'
there() { k get node ${access.name} -o name; }
patiently there >/dev/null
also=''
list() { k annotate node ${access.name} --overwrite "$1"; }
${before.length > 0 ? sh`patiently list ${listed(list, before)} >/dev/null` : sh.raw(':')}
apply() { k ${verb} node ${access.name} --overwrite ${[...set, ...unset]}; }
${set.length + unset.length > 0 ? sh`patiently apply` : sh.raw(':')}
keys() { k get node ${access.name} -o 'jsonpath={.spec.taints[*].key}'; }
for key in ${unseen}; do
  drop() { k taint node ${access.name} "$key-"; }
  case " $(patiently keys) " in *" $key "*) patiently drop;; esac
done
${before.join() === after.join() ? sh.raw(':') : sh`patiently list ${listed(list, after)} >/dev/null`}`,
  );

const listed = (list: string, ids: readonly string[]): string => (ids.length === 0 ? `${list}-` : `${list}=${[...new Set(ids)].sort().join(',')}`);
