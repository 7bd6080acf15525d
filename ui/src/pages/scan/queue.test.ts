import { describe, expect, it } from 'vitest';
import { OrderedQueue } from './queue';

/** Jobs that end when they are told to. */
function controlled(count: number) {
  const ends: (() => void)[] = [];
  const started: number[] = [];
  const jobs = Array.from({ length: count }, (_, index) => () => {
    started.push(index);
    return new Promise<number>((resolve) => {
      ends[index] = () => resolve(index);
    });
  });
  return { jobs, started, end: (index: number) => ends[index]?.() };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('OrderedQueue', () => {
  it('hands results over in the order of putting in, whichever ends first', async () => {
    const { jobs, end } = controlled(3);
    const queue = new OrderedQueue(3);
    const got: number[] = [];
    for (const job of jobs) queue.put(job, (value) => got.push(value));
    end(2);
    end(1);
    await settle();
    expect(got).toEqual([]);
    end(0);
    await queue.idle();
    expect(got).toEqual([0, 1, 2]);
  });

  it('runs no more jobs at once than it may and loses none', async () => {
    const { jobs, started, end } = controlled(5);
    const queue = new OrderedQueue(2);
    const got: number[] = [];
    for (const job of jobs) queue.put(job, (value) => got.push(value));
    await settle();
    expect(started).toEqual([0, 1]);
    for (let index = 0; index < 5; index += 1) {
      end(index);
      await settle();
    }
    await queue.idle();
    expect(got).toEqual([0, 1, 2, 3, 4]);
  });
});
