import type { Looks } from './looks';

const modules = import.meta.glob<{ LOOKS?: Looks }>(['./*.ts', '!./family.ts', '!./looks.ts'], {
  eager: true,
});

const all = new Map(
  Object.entries(modules).flatMap(([path, module]) =>
    module.LOOKS === undefined ? [] : [[path.slice(2, -3), module.LOOKS] as const],
  ),
);

/** A kind that this page has never heard of still has a place and a size. */
const UNKNOWN: Looks = { icon: 'more', exact: false, grows: false };

/** How the designer shows a kind of element; the name is that of its file, here as on the server. */
export function looksOf(kind: string): Looks {
  return all.get(kind) ?? UNKNOWN;
}
