import { Button, Drawer } from 'antd';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
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
import { Actions, ImmediateSwitch } from './Actions';
import { AnswerBoard } from './AnswerBoard';
import { Counter } from './Counter';
import type { ScanDesk } from './desk';
import { takeHanded } from './draft';
import { rememberOperation } from './groups';
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
  const sum = useMemo(() => summarize(draft.rows), [draft.rows]);
  // Lists may lag behind the answer while a scanner fires.
  const listed = useDeferredValue(draft.rows);
  const listedSum = useMemo(() => summarize(listed), [listed]);
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
      {desk.shape.rows !== 'none' && (
        <Button
          size="large"
          className="scan-paste"
          icon={<Icon name="list" />}
          onClick={() => setPasting(true)}
          aria-label={t('scan.paste.open')}
        >
          {phone ? null : t('scan.paste.open')}
        </Button>
      )}
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
        <PhoneLayout desk={desk} sum={sum} main={main} input={input}>
          <RecentList desk={desk} rows={listed} sum={listedSum} />
        </PhoneLayout>
      ) : (
        <div className="desk">
          <div className="desk-left card">
            {desk.shape.rows !== 'none' && <Counter desk={desk} sum={sum} />}
            <Setup desk={desk} />
            <div className="desk-post">
              <PostBar desk={desk} sum={sum} />
            </div>
          </div>
          <div className="desk-main">
            {main}
            {input}
            <RecentList desk={desk} rows={listed} sum={listedSum} />
          </div>
          <Sidebar sum={listedSum} />
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
  children: React.ReactNode;
}

function PhoneLayout({ desk, sum, main, input, children }: PhoneProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="desk-phone">
      <SetupLine desk={desk} onOpen={() => setOpen(true)} />
      {main}
      {desk.shape.rows !== 'none' && <Counter desk={desk} sum={sum} />}
      {input}
      {children}
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
