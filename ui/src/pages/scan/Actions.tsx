import { Button, Popconfirm, Switch, Tooltip } from 'antd';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { setSound, soundOn } from '../../scan/sounds';
import type { ScanDesk } from './desk';
import { newDraft } from './model';
import { usePart } from './useDesk';

/** Sound, and clearing everything away. */
export const Actions = memo(function Actions({ desk }: { desk: ScanDesk }) {
  const { t } = useTranslation();
  const scans = usePart(desk, (state) => state.draft.rows.length);
  const waiting = usePart(desk, (state) => state.draft.pending !== null);
  const [sound, setSoundShown] = useState(soundOn);
  const turn = () => {
    setSound(!sound);
    setSoundShown(!sound);
  };
  const empty = () => {
    desk.change((before) => ({ ...newDraft(before.operation), immediate: before.immediate }));
    desk.set({ answer: null, done: null, problem: null, asking: null, fresh: false });
  };
  return (
    <>
      <Button
        icon={<Icon name={sound ? 'sound' : 'mute'} />}
        aria-pressed={sound}
        aria-label={t(sound ? 'scan.soundIsOn' : 'scan.soundIsOff')}
        onClick={turn}
      >
        <span className="only-desk">{t(sound ? 'scan.soundIsOn' : 'scan.soundIsOff')}</span>
      </Button>
      <Popconfirm
        title={t('scan.emptySure', { count: scans })}
        okText={t('scan.empty')}
        cancelText={t('cancel')}
        disabled={scans === 0}
        onConfirm={empty}
      >
        <Button icon={<Icon name="trash" />} disabled={waiting} aria-label={t('scan.empty')}>
          <span className="only-desk">{t('scan.empty')}</span>
        </Button>
      </Popconfirm>
    </>
  );
});

/** 即扫即过: each scan is posted at once. */
export const ImmediateSwitch = memo(function ImmediateSwitch({ desk }: { desk: ScanDesk }) {
  const { t } = useTranslation();
  const immediate = usePart(desk, (state) => state.draft.immediate);
  const locked = usePart(desk, (state) => state.draft.rows.some((row) => row.status !== 'posted'));
  if (desk.shape.rows !== 'items') return null;
  return (
    <Tooltip title={t('scan.immediateHow')}>
      <label className="scan-immediate">
        <Switch
          checked={immediate}
          disabled={locked}
          onChange={(on) => desk.setImmediate(on)}
          aria-label={t('scan.immediate')}
        />
        {t('scan.immediate')}
      </label>
    </Tooltip>
  );
});
