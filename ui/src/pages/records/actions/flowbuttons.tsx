import type { ChosenActionProps } from '../slots';
import { ButtonsOf } from '../flow/ButtonsOf';

/** Buttons that start flows on the chosen records. */
export function ChosenAction({ app, form, records }: ChosenActionProps) {
  return <ButtonsOf list app={app} form={form.code} records={records.map((one) => one.id)} />;
}
