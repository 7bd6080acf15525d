import { PrintButton } from '../../../printing/PrintButton';
import type { ChosenActionProps } from '../slots';

/** Labels for the chosen records. */
export function ChosenAction({ app, form, records }: ChosenActionProps) {
  return <PrintButton records={{ app, form: form.code, ids: records.map((one) => one.id) }} />;
}
