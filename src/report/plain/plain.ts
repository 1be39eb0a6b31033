import { showLocated } from '../../contract/located.ts';
import type { Reporter, RunEvent } from '../event.ts';
import type { ReportOptions } from '../options.ts';
import { createStory, tell } from '../story.ts';
import { count } from '../text/count.ts';
import { duration } from '../text/duration.ts';
import { printable } from '../text/printable.ts';
import { recap } from '../text/recap.ts';
import { resultLines, statusWidth } from '../text/result.ts';

/** A line for each thing worth knowing, as it happens: for logs, pipes and terminals too small for anything else. */
export function plainReporter(options: ReportOptions): Reporter {
  const { style, verbose } = options;
  const story = createStory();
  let width = 0;
  const line = (text = ''): void => options.write(`${text}\n`);
  const said = (host: string, status: string, text: string): void => line(`  ${host.padEnd(width)}  ${status.padEnd(statusWidth)}  ${text}`);

  return {
    on(event: RunEvent) {
      tell(story, event);
      switch (event.type) {
        case 'runStart':
          width = Math.max(...event.hosts.map((host) => host.length), 0);
          return line(`${style.bold(event.mode)} ${event.playbook} on ${count(event.hosts.length, 'host')} of ${event.inventory}`);
        case 'hostConnected':
          return verbose ? said(event.host, 'connected', `${event.transport}, ${duration(event.ms)}`) : undefined;
        case 'hostUnreachable':
          return said(event.host, style.red('unreachable'.padEnd(statusWidth)), printable(event.error.summary));
        case 'playStart':
          return line(`\n${style.bold(printable(event.play))} ${style.dim(count(event.hosts.length, 'host'))}`);
        case 'batch':
          return verbose ? said(event.host, 'round trip', `${count(event.readings, 'reading')}, ${count(event.effects, 'effect')}, ${duration(event.ms)}`) : undefined;
        case 'taskOutput':
          return verbose ? printable(event.text).split('\n').filter((text) => text.trim() !== '').forEach((text) => said(event.host, '', style.dim(`│ ${text}`))) : undefined;
        case 'taskResult':
          return resultLines(event, options).forEach((text, i) => (i === 0 ? line(`  ${event.host.padEnd(width)}  ${text}`) : line(`  ${''.padEnd(width)}  ${text}`)));
        case 'handlerResult':
          if (event.status === 'failed') return said(event.host, style.red('failed'.padEnd(statusWidth)), `handler ${printable(event.handler)}  ${style.dim(showLocated(event.at))}`);
          return said(event.host, style.yellow((event.status === 'ran' ? 'ran' : 'would run').padEnd(statusWidth)), `handler ${printable(event.handler)}`);
        case 'warning':
          return line(`${style.yellow('warning:')} ${event.host === undefined ? '' : `${event.host}: `}${printable(event.message)}`);
        case 'runEnd':
          return recap(story, style).forEach((text) => line(text));
        default:
      }
    },
  };
}
