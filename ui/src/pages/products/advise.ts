import type { Tracking } from '../../api/master';

/** What the choosing guide asks; each answer is one of a few. */
export interface Answers {
  pain: 'efficiency' | 'trace' | 'both';
  value: 'low' | 'middle' | 'high';
  life: 'short' | 'middle' | 'long';
  warranty: 'none' | 'batch' | 'piece';
  duty: 'none' | 'batch' | 'piece';
  shelf: 'no' | 'yes';
}

/** The questions in their order, with their answers. */
export const QUESTIONS: { [Name in keyof Answers]: readonly Answers[Name][] } = {
  pain: ['efficiency', 'trace', 'both'],
  value: ['low', 'middle', 'high'],
  life: ['short', 'middle', 'long'],
  warranty: ['none', 'batch', 'piece'],
  duty: ['none', 'batch', 'piece'],
  shelf: ['no', 'yes'],
};

/** What is advised, and the answers that speak for it (keys of the texts `products.guide.because.*`). */
export interface Advice {
  tracking: Tracking;
  batchManaged: boolean;
  reasons: string[];
}

/**
 * Advise how finely to track a product.
 *
 * A duty per piece (safety, warranty) decides alone; otherwise value and life weigh against the wish to be quick.
 * Shelf life and a duty per batch need batches, whatever else is chosen.
 */
export function advise(answers: Answers): Advice {
  const musts = [
    ...(answers.duty === 'piece' ? ['dutyPiece'] : []),
    ...(answers.warranty === 'piece' ? ['warrantyPiece'] : []),
  ];
  const wishes = [
    ...(answers.value === 'high' ? ['valueHigh'] : []),
    ...(answers.life === 'long' ? ['lifeLong'] : []),
    ...(answers.pain !== 'efficiency' ? ['painTrace'] : []),
  ];
  const batches = [
    ...(answers.duty === 'batch' ? ['dutyBatch'] : []),
    ...(answers.warranty === 'batch' ? ['warrantyBatch'] : []),
    ...(answers.shelf === 'yes' ? ['shelf'] : []),
  ];
  const cheap = answers.value === 'low' && answers.life === 'short';
  if (musts.length > 0 || (wishes.length >= 2 && !cheap)) {
    return {
      tracking: 'serial',
      batchManaged: batches.length > 0,
      reasons: [...musts, ...wishes, ...batches],
    };
  }
  if (batches.length > 0 || (answers.pain !== 'efficiency' && !(cheap && answers.pain === 'both'))) {
    const reasons = batches.length > 0 ? batches : ['painTraceCheap'];
    return { tracking: 'batch', batchManaged: false, reasons: cheap ? [...reasons, 'cheap'] : reasons };
  }
  return { tracking: 'sku', batchManaged: false, reasons: [cheap ? 'cheap' : 'noDuty', 'painEfficiency'] };
}
