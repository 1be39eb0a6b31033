export interface Folder {
  readonly area: string;
  readonly name: string;
}
export function moduleFolders(root: string): Folder[];
export function writeIndex(root: string): Folder[];
