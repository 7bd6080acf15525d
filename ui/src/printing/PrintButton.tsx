import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session';
import { Icon } from '../components/Icon';

const PrintDialog = lazy(async () => ({ default: (await import('./PrintDialog')).PrintDialog }));

interface PrintButtonProps {
  codes: string[];
  document?: string;
}

/** A button that prints labels for these items; nothing for those who may not. */
export function PrintButton({ codes, document }: PrintButtonProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const [opened, setOpened] = useState(false);
  if (!may('labels.print')) return null;
  return (
    <>
      <Button
        icon={<Icon name="label" size={16} />}
        disabled={codes.length === 0}
        onClick={() => {
          setOpened(true);
          setOpen(true);
        }}
      >
        {t('printing.print')}
      </Button>
      {opened && (
        <Suspense>
          <PrintDialog
            open={open}
            codes={codes}
            {...(document !== undefined && { document })}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
