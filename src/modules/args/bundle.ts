import { z } from 'zod';
import type { Bundle } from '../../contract/index.ts';

const isBundle = (value: unknown): value is Bundle => typeof value === 'object' && value !== null && 'architecture' in value && 'programs' in value && 'images' in value && 'packages' in value;

/** What `openBundle` gave. */
export const bundle = () => z.custom<Bundle>(isBundle, "must be a bundle: openBundle('./bundle')").meta({ title: 'Bundle' });
