import { http } from '../../api/http';
import type { Tracking } from '../../api/master';
import { getProduct } from '../../api/master';
import type { OperationKind } from '../../api/operations';
import type { Say } from './judge';
import type { Reason, Thing } from './model';

/*
 * Tells at the scan what the posting would refuse: the state by the drawn life cycle, quality and marks. The posting
 * decides all of it again; this only spares the way back to the shelf.
 */

/** Where an operation may start, by the code of the life cycle: start state → states it may lead to. */
export interface Matrix {
  matrix: { key: string; targets: Record<string, string[]> }[];
}

/** Operations that use an item up or give it away: only what is good and not blocked. */
const USES = new Set(['issue', 'pick', 'ship', 'check_out', 'assemble', 'install', 'swap']);
const USABLE = new Set(['released', 'concession']);
const BLOCKING = ['held', 'recalled'];

/** The part that a scanned item has in the operation, as life cycles name it. */
export type Role = 'item' | 'component' | 'out' | 'in' | 'new';

/** What decides about the items of a product. */
export interface Known {
  cycle: Matrix;
  tracking: Tracking | null;
  outbound: boolean;
  tracked: boolean;
}

/** Remembers what decides about the items of a product: its life cycle and how it is tracked. */
export class ProductFacts {
  private readonly cycles = new Map<string, Promise<Matrix>>();
  private readonly products = new Map<string, Promise<Known>>();

  /** Say why the posting would refuse an item, null where nothing speaks against it. */
  async refusal(thing: Thing, kind: OperationKind, role: Role, say: Say): Promise<Reason | null> {
    const known = await this.known(thing.product).catch(() => null);
    return known === null ? null : refusal(thing, kind, role, known, say);
  }

  /** How finely a product is tracked, null where that is not known. */
  async tracking(product: string | null): Promise<Tracking | null> {
    if (product === null) return null;
    return (await this.known(product).catch(() => null))?.tracking ?? null;
  }

  private known(product: string | null): Promise<Known> {
    const key = product ?? '';
    const asked = this.products.get(key) ?? this.ask(product);
    this.products.set(key, asked);
    // What could not be read is asked for again at the next scan.
    asked.catch(() => this.products.delete(key));
    return asked;
  }

  private async ask(product: string | null): Promise<Known> {
    const found = product === null ? null : await getProduct(product);
    const code = found?.life_cycle ?? 'goods';
    const cycle = this.cycles.get(code) ?? http.get<Matrix>(`/life-cycles/${encodeURIComponent(code)}`);
    this.cycles.set(code, cycle);
    cycle.catch(() => this.cycles.delete(code));
    return {
      cycle: await cycle,
      tracking: found?.tracking ?? null,
      outbound: found?.capture.outbound_only ?? false,
      tracked: found?.capture.track_only ?? false,
    };
  }
}

/** Judge an item by what is known of its product. */
export function refusal(
  thing: Thing,
  kind: OperationKind,
  role: Role,
  known: Known,
  say: Say,
): Reason | null {
  const uses = role === 'item' || role === 'out' ? USES.has(kind.name) && !takesAssembly(kind) : true;
  if (!mayStart(thing, kind.name, role, known)) return say('wrongState', { state: thing.state ?? '' });
  const blocked = uses || (role === 'item' && kind.name === 'activate');
  const mark = BLOCKING.find((one) => thing.marks.includes(one));
  if (blocked && mark !== undefined) return say(mark);
  if (uses && role !== 'out' && !USABLE.has(thing.quality)) {
    return say('notReleased', { quality: thing.quality });
  }
  return null;
}

/** The assembly itself is not used up when parts go in. */
function takesAssembly(kind: OperationKind): boolean {
  return kind.name === 'assemble' || kind.name === 'install' || kind.name === 'swap';
}

function mayStart(thing: Thing, operation: string, role: Role, known: Known): boolean {
  const state = thing.state ?? '';
  if (state === 'coded' && role === 'item') {
    if (operation === 'ship' && known.outbound) return true;
    if (operation === 'activate' && known.tracked) return true;
  }
  const key = role === 'item' ? operation : `${operation}:${role}`;
  const row = known.cycle.matrix.find((one) => one.key === key);
  // A role that the life cycle does not draw is not judged here.
  return row === undefined || state in row.targets;
}
