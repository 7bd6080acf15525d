import { act, renderHook, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../api/problem';
import type { FileValue } from './model';
import { isUploading } from './pending';
import { upload } from './upload';
import { useUploads } from './useUploads';

vi.mock('./upload', () => ({ upload: vi.fn() }));
const sending = vi.mocked(upload);

function value(name: string): FileValue {
  return { id: name, name, size: 1, type: 'text/plain', url: '/x', thumbnail: null };
}

function started() {
  const done: string[] = [];
  const { result } = renderHook(() =>
    useUploads({ groups: ['text'], sayUnready: () => 'unready', onDone: (file) => done.push(file.name) }),
  );
  return { result, done };
}

const files = (...names: string[]) => names.map((name) => new File(['x'], name));

describe('uploads', () => {
  beforeEach(() => {
    sending.mockReset();
  });

  it('come through three at a time, each told when it is there', async () => {
    const waiting: (() => void)[] = [];
    sending.mockImplementation(
      (_file, name) => new Promise((resolve) => waiting.push(() => resolve(value(name)))),
    );
    const { result, done } = started();
    act(() => result.current.add(files('1', '2', '3', '4', '5')));
    await waitFor(() => expect(waiting).toHaveLength(3));
    expect(isUploading()).toBe(true);
    await act(async () => {
      waiting[0]?.();
      await Promise.resolve();
    });
    await waitFor(() => expect(waiting).toHaveLength(4));
    for (let at = 1; at < 5; at += 1) {
      await waitFor(() => expect(waiting.length).toBeGreaterThan(at));
      await act(async () => {
        waiting[at]?.();
        await Promise.resolve();
      });
    }
    await waitFor(() => expect(done).toEqual(['1', '2', '3', '4', '5']));
    expect(result.current.uploads).toEqual([]);
    expect(isUploading()).toBe(false);
  });

  it('come once, even where news of them is drawn while they end', async () => {
    sending.mockImplementation(async (_file, name, how) => {
      for (let sent = 0; sent < 5; sent += 1) {
        await Promise.resolve();
        how.onProgress(sent);
      }
      return value(name);
    });
    const { result, done } = started();
    act(() => result.current.add(files('1', '2', '3', '4', '5', '6')));
    await waitFor(() => expect(done.length).toBeGreaterThanOrEqual(6));
    await waitFor(() => expect(result.current.uploads).toEqual([]));
    expect(sending).toHaveBeenCalledTimes(6);
    expect(new Set(done).size).toBe(6);
  });

  it('that the server refuses say why; only those that never reached it are tried again, under the same key', async () => {
    const refused = {
      title: '',
      status: 422,
      code: 'x',
      errors: [{ code: 'file_lies', message: 'a lie.', advice: 'do.' }],
    };
    sending.mockRejectedValueOnce(new ProblemError(refused));
    sending.mockRejectedValueOnce(new ProblemError({ title: 'off', status: 0, code: 'offline' }));
    const { result, done } = started();
    act(() => result.current.add(files('lie', 'lost')));
    await waitFor(() =>
      expect(result.current.uploads.map((one) => one.problem)).toEqual(['a lie.do.', 'off']),
    );
    expect(result.current.uploads.map((one) => one.again)).toEqual([false, true]);
    expect(isUploading()).toBe(false);
    sending.mockResolvedValueOnce(value('lost'));
    const [lie, lost] = result.current.uploads;
    act(() => result.current.retry(lost?.key ?? ''));
    await waitFor(() => expect(done).toEqual(['lost']));
    expect(sending.mock.calls[2]?.[2].clientKey).toBe(sending.mock.calls[1]?.[2].clientKey);
    act(() => result.current.cancel(lie?.key ?? ''));
    expect(result.current.uploads).toEqual([]);
  });

  it('that are given up are broken off and bring nothing', async () => {
    let broken: AbortSignal | undefined;
    sending.mockImplementation((_file, _name, how) => {
      broken = how.signal;
      return new Promise((_resolve, reject) =>
        how.signal.addEventListener('abort', () => reject(new Error('x'))),
      );
    });
    const { result, done } = started();
    act(() => result.current.add(files('1')));
    await waitFor(() => expect(broken).toBeDefined());
    act(() => result.current.cancel(result.current.uploads[0]?.key ?? ''));
    expect(broken?.aborted).toBe(true);
    await waitFor(() => expect(isUploading()).toBe(false));
    expect([done, result.current.uploads]).toEqual([[], []]);
  });
});
