import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { http } from '../api/http';
import type { FormField } from '../forms/model';
import type { FileValue } from './model';
import { filesOf, sizeText } from './model';
import { UnreadablePictureError } from './shrinking';
import { useUploads } from './useUploads';

interface How {
  field: FormField;
  value: unknown;
  onChange: (value: unknown) => void;
  groups: readonly string[];
  most: number;
  largestMb?: number | undefined;
  prepare?: (file: File) => Promise<{ blob: Blob; name: string }>;
}

const MEGABYTE = 1024 * 1024;

/** The files of a field while it is filled in: those that it has, those on their way, and how more are added. */
export function useFiles({ value, onChange, groups, most, largestMb, prepare }: How) {
  const { t } = useTranslation();
  const { data: limits } = useQuery({
    queryKey: ['files', 'limits'],
    queryFn: ({ signal }) => http.get<{ largest_mb: number }>('/files:limits', undefined, signal),
    staleTime: 300_000,
    retry: false,
  });
  const files = filesOf(value);
  // Several come through between two drawings of the page: each adds to what the one before has made.
  const latest = useRef(files);
  useEffect(() => {
    latest.current = filesOf(value);
  }, [value]);
  const put = (next: FileValue[]) => {
    latest.current = next;
    onChange(next.length === 0 ? null : next);
  };
  const uploads = useUploads({
    groups,
    ...(prepare && { prepare }),
    sayUnready: (error) => t(error instanceof UnreadablePictureError ? 'files.unreadable' : 'files.unready'),
    // A single one is replaced.
    onDone: (file) => put(most === 1 ? [file] : [...latest.current, file].slice(0, most)),
  });
  const waiting = uploads.uploads.filter((one) => one.problem === null).length;
  const room = (most === 1 ? 1 : most - files.length) - waiting;
  const largest = Math.min(limits?.largest_mb ?? Infinity, largestMb ?? Infinity);
  const add = (given: readonly File[]) => {
    // A picture is made smaller before it is sent.
    const heavy = (one: File) => prepare === undefined && one.size > largest * MEGABYTE;
    const fit = given.filter((one) => !heavy(one));
    for (const one of given.filter(heavy)) {
      uploads.refuse([one], t('files.tooLarge', { size: sizeText(one.size), limit: largest }));
    }
    uploads.add(fit.slice(0, Math.max(0, room)));
    if (fit.length > room) uploads.refuse(fit.slice(Math.max(0, room)), t('files.tooMany', { limit: most }));
  };
  return {
    files,
    room,
    add,
    put,
    remove: (id: string) => put(latest.current.filter((one) => one.id !== id)),
    ...{ uploads: uploads.uploads, cancel: uploads.cancel, retry: uploads.retry },
  };
}

/** A whole number that a field is set to. */
export function wholeOf(field: FormField, name: string, usual: number): number {
  const value = field.options?.[name];
  return typeof value === 'number' ? value : usual;
}
