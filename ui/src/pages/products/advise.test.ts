import { describe, expect, it } from 'vitest';
import type { Answers } from './advise';
import { advise, QUESTIONS } from './advise';

const screw: Answers = {
  pain: 'efficiency',
  value: 'low',
  life: 'short',
  warranty: 'none',
  duty: 'none',
  shelf: 'no',
};

function everyAnswer(): Answers[] {
  return Object.entries(QUESTIONS).reduce<Answers[]>(
    (all, [name, choices]) => all.flatMap((one) => choices.map((choice) => ({ ...one, [name]: choice }))),
    [screw],
  );
}

describe('the choosing guide', () => {
  it('counts screws by quantity', () => {
    expect(advise(screw).tracking).toBe('sku');
  });

  it('tracks what spoils by batch', () => {
    expect(advise({ ...screw, shelf: 'yes' }).tracking).toBe('batch');
  });

  it('gives a machine with warranty its own number', () => {
    const machine: Answers = { ...screw, value: 'high', life: 'long', warranty: 'piece' };
    expect(advise(machine)).toMatchObject({ tracking: 'serial', batchManaged: false });
  });

  it('keeps batches beside the numbers where a batch may be called back', () => {
    expect(advise({ ...screw, warranty: 'piece', duty: 'batch' })).toMatchObject({
      tracking: 'serial',
      batchManaged: true,
    });
  });

  it('never advises less than the duty asks for, and always says why', () => {
    for (const answers of everyAnswer()) {
      const advice = advise(answers);
      expect(advice.reasons.length).toBeGreaterThan(0);
      if (answers.duty === 'piece' || answers.warranty === 'piece') expect(advice.tracking).toBe('serial');
      if (answers.duty === 'batch' || answers.shelf === 'yes') {
        expect(advice.tracking === 'batch' || advice.batchManaged).toBe(true);
      }
    }
  });
});
