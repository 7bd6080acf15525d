import type { InputProps } from '../forms/control';
import { FoundRecords } from '../pages/scanlists/FoundRecords';

export const shape = 'layout';

/** Records of another form that fit this one (查询记录). */
export function Input({ field }: InputProps) {
  return <FoundRecords field={field} />;
}

export function Show() {
  return null;
}
