import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { useIsPhone } from '../../components/useIsPhone';
import type { InputProps, ShowProps } from '../../forms/control';
import { useEntryAround } from '../../forms/entry';
import { asText } from '../../forms/model';
import { AllLines } from './AllLines';
import { lookAt } from './calls';
import { Camera } from './Camera';
import { Progress } from './Progress';
import './scanlists.css';
import { Station } from './Station';
import { useScanList } from './useScanList';

/** A scan list that is filled in: in its place at the desk, a page of its own on the phone. */
export function ListInput({ field, id, value, onChange, disabled, describedBy }: InputProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const around = useEntryAround();
  const [open, setOpen] = useState(false);
  const entry = useScanList(field, value, onChange, around);
  const off = disabled === true || around === null;
  if (!phone) {
    return (
      <Station entry={entry} id={id} label={t('scanlists.line')} disabled={off} describedBy={describedBy} />
    );
  }
  return (
    <div className="list-station">
      <Progress entry={entry} />
      {/* Without the id that the title is for: the button says itself what it does. */}
      <Button
        className="list-open"
        block
        type="primary"
        disabled={off}
        icon={<Icon name="scan" />}
        onClick={() => setOpen(true)}
        aria-describedby={describedBy}
      >
        {t(entry.done > 0 ? 'scanlists.goOn' : 'scanlists.start')}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom"
        size="100%"
        title={field.title}
        className="list-drawer"
        destroyOnHidden
        styles={{ body: { padding: 0 } }}
        footer={
          entry.told?.kind === 'wrong' ? (
            <Button type="primary" onClick={entry.dismiss}>
              {t('scanlists.acknowledge')}
            </Button>
          ) : (
            <Button type="primary" onClick={() => setOpen(false)}>
              {t('scanlists.close')}
            </Button>
          )
        }
      >
        <Station
          entry={entry}
          label={t('scanlists.line')}
          full
          above={<Camera paused={entry.told?.kind === 'wrong'} onScan={entry.scan} />}
        />
      </Drawer>
    </div>
  );
}

/** A scan list that is read: how many, and at a click which. */
export function ListShow({ value, short }: ShowProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const id = asText(value);
  const { data: info, isPending } = useQuery({ queryKey: ['scan-lists', id], queryFn: () => lookAt(id) });
  if (isPending) return null;
  if (info == null) return <span className="muted">{t('scanlists.unseen')}</span>;
  const text =
    info.expected === null
      ? t('scanlists.count', { count: info.done })
      : t('scanlists.countOf', { done: info.done, expected: info.expected });
  if (short) return <span className="number">{text}</span>;
  return (
    <span className="list-shown">
      <b className="number">{text}</b>
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        {t('scanlists.see', { count: info.count })}
      </button>
      <AllLines info={info} open={open} onClose={() => setOpen(false)} />
    </span>
  );
}
