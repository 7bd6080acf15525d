import { Button, Drawer, Popconfirm, Switch, Tooltip } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OperationKind } from '../../api/operations';
import { useNamed } from '../../api/operations';
import { Icon } from '../../components/Icon';
import { OperationIcon } from '../../components/OperationIcon';
import { Page } from '../../components/Page';
import { ScanBox } from '../../components/ScanBox';
import { useIsPhone } from '../../components/useIsPhone';
import { useScans } from '../../scan/ScanContext';
import { setSound, soundOn } from '../../scan/sounds';
import { AnswerBoard } from './AnswerBoard';
import { Counter } from './Counter';
import type { ScanDesk } from './desk';
import { takeHanded } from './draft';
import { rememberOperation } from './groups';
import { newDraft } from './model';
import { Obstacles, Outcome, outcomeLeads } from './Outcome';
import { PasteDialog } from './PasteDialog';
import { PostBar } from './PostBar';
import { RecentList } from './RecentList';
import { Setup, SetupLine } from './Setup';
import { Sidebar } from './Sidebar';
import type { Summary } from './summary';
import { summarize } from './summary';
import { useBoxFocus } from './useBoxFocus';
import { useDesk, useStore } from './useDesk';

/** The desk of one operation: what it is for, the answer, the box, the list. */
export function Desk({ kind }: { kind: OperationKind }) {
  const { t } = useTranslation();
  const named = useNamed();
  const phone = useIsPhone();
  const desk = useDesk(kind);
  const { draft, asking } = useStore(desk);
  const sum = summarize(draft.rows);
  const box = useRef<HTMLInputElement>(null);
  const [pasting, setPasting] = useState(false);

  useScans((raw) => desk.scan(raw));
  useEffect(() => {
    rememberOperation(kind.name);
    const handed = takeHanded();
    if (handed.length > 0) desk.paste(handed);
  }, [desk, kind.name]);
  useBoxFocus(box, phone, asking === null);
  usePostKey(desk);

  const main = (
    <>
      {outcomeLeads(desk, sum) ? (
        <Outcome desk={desk} sum={sum} />
      ) : (
        <AnswerBoard desk={desk} number={sum.pieces + sum.lines + sum.posted} />
      )}
      <Obstacles desk={desk} sum={sum} />
    </>
  );
  const input = (
    <div className="scan-input">
      <ScanBox
        size="big"
        ref={box}
        onScan={(raw) => desk.scan(raw)}
        placeholder={t(phone ? 'scan.boxShort' : 'scan.box')}
      />
      <Button
        size="large"
        className="scan-paste"
        icon={<Icon name="list" />}
        onClick={() => setPasting(true)}
        aria-label={t('scan.paste.open')}
      >
        {phone ? null : t('scan.paste.open')}
      </Button>
    </div>
  );
  return (
    <Page
      title={
        <Link to="/scan" className="scan-title">
          <OperationIcon name={kind.name} /> {named(kind)}
          <span className="hint">{t('scan.change')}</span>
        </Link>
      }
      name={named(kind)}
      actions={
        <>
          {!phone && <ImmediateSwitch desk={desk} />}
          <Actions desk={desk} />
        </>
      }
    >
      {phone ? (
        <PhoneLayout desk={desk} sum={sum} main={main} input={input} />
      ) : (
        <div className="desk">
          <div className="desk-left card">
            <Counter desk={desk} sum={sum} />
            <Setup desk={desk} />
            <div className="desk-post">
              <PostBar desk={desk} sum={sum} />
            </div>
          </div>
          <div className="desk-main">
            {main}
            {input}
            <RecentList desk={desk} sum={sum} />
          </div>
          <Sidebar sum={sum} />
        </div>
      )}
      <PasteDialog open={pasting} onClose={() => setPasting(false)} onCodes={(codes) => desk.paste(codes)} />
    </Page>
  );
}

interface PhoneProps {
  desk: ScanDesk;
  sum: Summary;
  main: React.ReactNode;
  input: React.ReactNode;
}

function PhoneLayout({ desk, sum, main, input }: PhoneProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="desk-phone">
      <SetupLine desk={desk} onOpen={() => setOpen(true)} />
      {main}
      <Counter desk={desk} sum={sum} />
      {input}
      <RecentList desk={desk} sum={sum} />
      <div className="desk-post">
        <PostBar desk={desk} sum={sum} />
      </div>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom"
        size="86%"
        title={t('scan.setup')}
        footer={
          <Button type="primary" size="large" block className="thumb" onClick={() => setOpen(false)}>
            {t('done')}
          </Button>
        }
      >
        <ImmediateSwitch desk={desk} />
        <Setup desk={desk} />
      </Drawer>
    </div>
  );
}

function Actions({ desk }: { desk: ScanDesk }) {
  const { t } = useTranslation();
  const { draft } = useStore(desk);
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
        title={t('scan.emptySure', { count: draft.rows.length })}
        okText={t('scan.empty')}
        cancelText={t('cancel')}
        disabled={draft.rows.length === 0}
        onConfirm={empty}
      >
        <Button icon={<Icon name="trash" />} disabled={draft.pending !== null} aria-label={t('scan.empty')}>
          <span className="only-desk">{t('scan.empty')}</span>
        </Button>
      </Popconfirm>
    </>
  );
}

function ImmediateSwitch({ desk }: { desk: ScanDesk }) {
  const { t } = useTranslation();
  const { draft } = useStore(desk);
  if (desk.shape.rows !== 'items') return null;
  return (
    <Tooltip title={t('scan.immediateHow')}>
      <label className="scan-immediate">
        <Switch
          checked={draft.immediate}
          disabled={draft.rows.some((row) => row.status !== 'posted')}
          onChange={(on) => desk.setImmediate(on)}
          aria-label={t('scan.immediate')}
        />
        {t('scan.immediate')}
      </label>
    </Tooltip>
  );
}

/** Ctrl+Enter posts without the mouse. */
function usePostKey(desk: ScanDesk): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      document.querySelector<HTMLButtonElement>('.post .ant-btn-primary:not(:disabled)')?.click();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [desk]);
}
