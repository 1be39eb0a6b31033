import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';
import { showUnits, unitProperties } from './unit.ts';

const properties = ['ActiveState', 'ExecMainStartTimestamp', 'ActiveEnterTimestamp'];

// Microseconds since systemd 247; before, whole seconds (rounded down). In a wall clock's time, like that of files.
const kind: Kind<number | undefined> = {
  name: 'unitStart',
  script: (units) => sh`if systemctl show --timestamp=us+utc --property=Id -- ${units} >/dev/null 2>&1; then
${showUnits(units, properties, ['--timestamp=us+utc'])}
else
export TZ=UTC
${showUnits(units, properties)}
fi`,
  parse(text) {
    const of = unitProperties(text ?? '');
    if (!['active', 'reloading', 'activating'].includes(of('ActiveState'))) return undefined;
    return parseTimestamp(of('ExecMainStartTimestamp') || of('ActiveEnterTimestamp'));
  },
};

/** `Fri 2026-11-20 18:31:00.123456 UTC`, in ms. */
function parseTimestamp(text: string): number | undefined {
  const [, day, time, fraction = '0'] = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)? UTC/.exec(text) ?? [];
  return day && time ? Date.parse(`${day}T${time}Z`) + Number(fraction) * 1000 : undefined;
}

/** When a running unit was started, ms since 1970; undefined where it does not run. */
export const unitStart = (name: string): Reading<number | undefined> => ({ kind, key: name });
