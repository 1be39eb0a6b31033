import type { Kind, Reading } from '../reading.ts';
import { type Script, sh } from '../script/script.ts';

/** What systemd says of a unit, in its own words. */
export interface Unit {
  /** `loaded`, `masked`, `error`, `bad-setting`, ... */
  readonly load: string;
  /** `active`, `inactive`, `failed`, `activating`, ... */
  readonly active: string;
  readonly sub: string;
  /** `enabled`, `disabled`, `static`, `masked`, `generated`, ...; empty where the unit has no file. */
  readonly file: string;
  /** Of a service: `simple`, `notify`, `oneshot`, ... */
  readonly type: string;
  readonly remainAfterExit: boolean;
  /** Its file on disk is newer than what systemd has loaded. */
  readonly needDaemonReload: boolean;
  /** Of the last start: `success`, `exit-code`, `timeout`, ... */
  readonly result: string;
  /** Whether the conditions of its last start held. */
  readonly conditions: boolean;
}

const properties = ['LoadState', 'ActiveState', 'SubState', 'UnitFileState', 'Type', 'RemainAfterExit', 'NeedDaemonReload', 'Result', 'ConditionResult', 'ConditionTimestampMonotonic'];

/** One `systemctl show` answers for all units, in their order, a blank line between. */
export const showUnits = (units: readonly string[], shown: readonly string[], options: readonly string[] = []): Script => sh`
    nl='
'
    out=$(${['systemctl', 'show', '--no-pager', ...options, ...shown.map((name) => `--property=${name}`)]} -- ${units})
    i=0; b=''
    while IFS= read -r l; do
      if [ -n "$l" ]; then b="$b$l$nl"; else put "$i" "$b"; i=$((i+1)); b=''; fi
    done <<EOF
$out

EOF`;

/** `Name=value` lines as a lookup. */
export function unitProperties(text: string): (name: string) => string {
  const found = new Map(text.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  return (name) => found.get(name) ?? '';
}

const kind: Kind<Unit | undefined> = {
  name: 'unit',
  script: (units) => showUnits(units, properties),
  parse(text) {
    if (text === undefined) throw new Error('systemctl said nothing of it');
    const of = unitProperties(text);
    if (of('LoadState') === 'not-found') return undefined;
    return {
      load: of('LoadState'),
      active: of('ActiveState'),
      sub: of('SubState'),
      file: of('UnitFileState'),
      type: of('Type'),
      remainAfterExit: of('RemainAfterExit') === 'yes',
      needDaemonReload: of('NeedDaemonReload') === 'yes',
      result: of('Result'),
      // ConditionResult is `no` for a unit that was never asked to start.
      conditions: of('ConditionResult') === 'yes' || Number(of('ConditionTimestampMonotonic') || 0) === 0,
    };
  },
};

/** A systemd unit, named with its suffix (`ssh.service`); undefined where systemd finds none. */
export const unit = (name: string): Reading<Unit | undefined> => ({ kind, key: name });
