import { Button, Modal, QRCode, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { copyText } from '../../components/clipboard';
import { begun } from '../../forms/model';
import { formPage, useKinds } from '../../forms/calls';
import { fieldsOf } from '../../forms/controls';
import { EntryAroundProvider } from '../../forms/entry';
import { FaultSummary } from '../../forms/FaultSummary';
import { LiveEntryProvider } from '../../forms/LiveEntry';
import type { RuledForm } from '../../forms/live/plan';
import { RecordFields } from '../../forms/RecordFields';
import { useEntry } from '../../forms/useEntry';
import { useDesk } from './desk';
import { useTrees } from './useTrees';

interface PreviewProps {
  /** The version in force; null where none is. */
  version: number | null;
  /** Whether what is drawn is not in force yet. */
  differs: boolean;
  onClose: () => void;
}

/** The form as it is drawn, to be tried as on a phone; beside it the way to a real phone. */
export function Preview({ version, differs, onClose }: PreviewProps) {
  const { t } = useTranslation();
  const { app, form, name, board } = useDesk();
  const trees = useTrees();
  const [round, setRound] = useState(0);
  const url = `${location.origin}${formPage(app, form.code)}?open=new`;
  return (
    <Modal open footer={null} width={760} title={t('formdesigner.preview')} onCancel={onClose}>
      <div className="fd-preview">
        <section className="fd-preview-phone" aria-label={t('formdesigner.previewForm')}>
          <h2>{name}</h2>
          {trees === undefined ? (
            <Skeleton active />
          ) : (
            <Entry key={round} ruled={{ fields: board.present, rules: board.rules, trees }} />
          )}
        </section>
        <aside className="stack">
          <p className="hint">{t('formdesigner.previewHelp')}</p>
          <Button onClick={() => setRound(round + 1)}>{t('formdesigner.previewAgain')}</Button>
          <h3>{t('formdesigner.onPhone')}</h3>
          {version === null ? (
            <p className="muted">{t('formdesigner.onPhoneUnpublished')}</p>
          ) : (
            <>
              <QRCode value={url} size={160} bordered={false} />
              <code className="mono fd-preview-url">{url}</code>
              <Button icon={<Icon name="copy" size={16} />} onClick={() => void copyText(url)}>
                {t('copy')}
              </Button>
              <p className={differs ? 'fd-preview-old' : 'hint'}>
                {t(differs ? 'formdesigner.onPhoneOld' : 'formdesigner.onPhoneHelp', { version })}
              </p>
            </>
          )}
        </aside>
      </div>
    </Modal>
  );
}

function Entry({ ruled }: { ruled: RuledForm }) {
  const { t } = useTranslation();
  const { app, form } = useDesk();
  const kinds = useKinds();
  const [right, setRight] = useState(false);
  const [first] = useState(() => begun(fieldsOf(ruled.fields, kinds)));
  const entry = useEntry(ruled, first, { fresh: true });
  const change = (code: string, value: unknown) => {
    setRight(false);
    entry.change(code, value);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setRight(entry.ready());
      }}
    >
      <FaultSummary faults={entry.faults} prefix="try" onReveal={entry.show} />
      <EntryAroundProvider value={{ app, form: form.code, record: null, values: entry.values, change }}>
        <LiveEntryProvider value={entry.live}>
          <RecordFields
            fields={ruled.fields}
            values={entry.values}
            faults={entry.faults.at}
            prefix="try"
            fresh
            onChange={change}
          />
        </LiveEntryProvider>
      </EntryAroundProvider>
      <footer>
        <span role="status" className="hint">
          {right && t('formdesigner.previewRight')}
        </span>
        <Button type="primary" htmlType="submit" block>
          {t('records.submit')}
        </Button>
      </footer>
    </form>
  );
}
