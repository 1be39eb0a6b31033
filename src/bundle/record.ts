import { z } from 'zod';

/** Bundles have one file that tells of all others. */
export const recordName = 'bundle.yaml';

const sha256 = () =>
  z
    .string()
    .regex(/^(sha256:)?[0-9a-f]{64}$/, 'must be a sha256: 64 digits in hex')
    .transform((text) => text.replace(/^sha256:/, ''));

const file = z.strictObject({
  sha256: sha256().describe('Of the file.'),
  size: z.int().min(0).optional().describe('In bytes.'),
  version: z.string().optional().describe('Of a program, as it says itself.'),
  images: z.record(z.string(), z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 digits in hex')).optional().describe('Images in an archive, each with its id.'),
  chart: z.strictObject({ name: z.string(), version: z.string() }).optional().describe('The chart in an archive.'),
  package: z.strictObject({ name: z.string(), version: z.string() }).optional().describe('The package, in the words of dpkg or rpm.'),
});

/** A file as bundle.yaml tells of it; a digest alone will do where a file has no more to say. */
export type FileRecord = z.output<typeof file>;

const path = z.string().regex(/^(bin|images|charts|manifests|packages)\/[^/\n\\]+(\/[^/\n\\]+)*$/, 'must be a path such as bin/kubeadm: bin, images, charts, manifests or packages').refine((text) => !text.split('/').some((part) => part === '.' || part === '..'), 'must hold no . or .. as a part');

export const bundleRecord = z.strictObject({
  architecture: z.string().regex(/^[a-z0-9]+$/, 'must be an architecture in the words of Go, such as amd64 or arm64').describe('Of the programs.'),
  versions: z.record(z.string(), z.string()).default({}).describe('What it is made of.'),
  needs: z.array(z.string()).default([]).describe('Images that kubeadm of this version names.'),
  files: z.record(path, z.union([sha256().transform((digest): FileRecord => ({ sha256: digest })), file], 'must be a sha256, or { sha256, size, ... }')).describe('Every file, by its path.'),
});

/** What bundle.yaml holds. */
export type BundleRecord = z.output<typeof bundleRecord>;
