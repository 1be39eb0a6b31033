/** How irqbalance stood before Plinth came, as the block in its settings remembers it. */
export interface Before {
  readonly enabled: boolean;
  readonly running: boolean;
  readonly hadFile: boolean;
}

export function parseBefore(text: string | undefined): Before | undefined {
  const [, enabled, running, file] = /^# before: enabled=(\w+) running=(\w+) file=(\w+)$/m.exec(text ?? '') ?? [];
  return enabled === undefined ? undefined : { enabled: enabled === 'true', running: running === 'true', hadFile: file === 'true' };
}
