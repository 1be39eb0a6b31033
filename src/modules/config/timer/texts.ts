import { environmentWord, execLine } from '../owned/execLine.ts';
import { type UnitSections, unitText } from '../owned/unitSections.ts';

export interface Timed {
  readonly name: string;
  readonly description?: string | undefined;
  readonly schedule: readonly string[];
  readonly run: string | readonly string[];
  readonly user?: string | undefined;
  readonly group?: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly directory?: string | undefined;
  readonly catchUp: boolean;
  readonly randomDelay?: string | undefined;
  readonly accuracy?: string | undefined;
  readonly limit?: string | undefined;
  readonly service: UnitSections[string];
}

const present = <V>(settings: Readonly<Record<string, V | undefined>>): Record<string, V> => Object.fromEntries(Object.entries(settings).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

export const serviceText = ({ name, description = name, run, user, group, environment, directory, limit, service }: Timed): string =>
  unitText({
    Unit: { Description: description.replaceAll('%', '%%') },
    Service: {
      Type: 'oneshot',
      ...present<string | string[]>({
        ExecStart: execLine(run),
        User: user,
        Group: group,
        WorkingDirectory: directory,
        TimeoutStartSec: limit,
        Environment: Object.keys(environment).length === 0 ? undefined : Object.entries(environment).map(([key, value]) => environmentWord(key, value)),
      }),
      ...service,
    },
  });

export const timerText = ({ name, description = name, schedule, catchUp, randomDelay, accuracy }: Timed): string =>
  unitText({
    Unit: { Description: `When to run ${description.replaceAll('%', '%%')}` },
    Timer: { OnCalendar: [...schedule], Persistent: catchUp, ...present({ RandomizedDelaySec: randomDelay, AccuracySec: accuracy }) },
    Install: { WantedBy: 'timers.target' },
  });
