import { z } from 'zod';
import type { KubeObject } from '../../../contract/index.ts';

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

const node = z.looseObject({ spec: z.looseObject({ taints: z.array(z.looseObject({ key: z.string(), value: z.string().default(''), effect: z.string() })).default([]) }).prefault({}) });

export const taintsOf = (object: KubeObject): readonly Taint[] => node.parse(object).spec.taints.map(({ key, value, effect }) => ({ key, value, effect }));

/** As kubectl takes it: `dedicated=storage:NoSchedule`. */
export const toldTaint = ({ key, value, effect }: Taint): string => `${key}${value === '' ? '' : `=${value}`}:${effect}`;
