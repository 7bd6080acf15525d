import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session';
import { Icon } from '../components/Icon';

const PrintDialog = lazy(async () => ({ default: (await import('./PrintDialog')).PrintDialog }));

interface PrintButtonProps {
  codes?: string[];
  records?: { app: string; form: string; ids: number[] };
  document?: string;
  /** The label that is meant. */
  label?: string;
  /** What stands on the button. */
  text?: string;
}

/** A button that prints labels for these items or records; nothing for those who may not. */
export function PrintButton({ codes = [], text, ...what }: PrintButtonProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const [opened, setOpened] = useState(false);
  if (!may('labels.print')) return null;
  return (
    <>
      <Button
        icon={<Icon name="label" size={16} />}
        disabled={codes.length + (what.records?.ids.length ?? 0) === 0}
        onClick={() => {
          setOpened(true);
          setOpen(true);
        }}
      >
        {text ?? t('printing.print')}
      </Button>
      {opened && (
        <Suspense>
          <PrintDialog {...what} open={open} codes={codes} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
