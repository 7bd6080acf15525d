import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { newClientKey } from '../../api/clientKey';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { FormInfo } from '../../forms/calls';
import { formPage, useKinds } from '../../forms/calls';
import { fieldsOf, shape } from '../../forms/controls';
import { sendFile } from './calls';
import type { Copied } from './clipboard';
import { fileOf, hasTitles, look } from './clipboard';
import './imports.css';
import { NOTHING, planOf, saveProgress } from './progress';

interface PasteDialogProps {
  app: string;
  form: FormInfo;
  onClose: () => void;
}

/** Rows copied from Excel on their way in: they are mapped and checked as a file is. */
export function PasteDialog({ app, form, onClose }: PasteDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const kinds = useKinds();
  const [copied, setCopied] = useState<Copied | null>(null);
  const [empty, setEmpty] = useState(false);
  const [titled, setTitled] = useState(true);
  const fields = fieldsOf(form.fields, kinds).filter(
    (one) => !['derived', 'rows'].includes(shape(one, kinds)) && kinds.get(one.kind)?.issued !== true,
  );
  const send = useMutation({
    mutationFn: (file: File) => sendFile(app, form.code, file),
    onSuccess: (guess) => {
      saveProgress(`${app}/${form.code}`, {
        ...NOTHING,
        guess,
        plan: { ...planOf(guess), keys: [] },
        clientKey: newClientKey(),
      });
      void navigate(`${formPage(app, form.code)}/import`);
    },
  });
  const take = (text: string) => {
    const found = look(text);
    setEmpty(found === null);
    setCopied(found);
    if (found !== null) {
      setTitled(hasTitles(found, new Set(fields.flatMap((one) => [one.title, one.code]))));
    }
  };
  return (
    <Modal
      open
      width={760}
      title={t('imports.pasteTitle', { name: form.name })}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="primary"
            disabled={copied === null}
            loading={send.isPending}
            onClick={() =>
              copied !== null && send.mutate(fileOf(copied, titled ? null : fields.map((one) => one.title)))
            }
          >
            {t('imports.pasteGo')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="muted">{t('imports.pasteHow')}</p>
        {/* A box that never holds what is pasted: ten megabytes in a text field would stop the page. */}
        <div
          role="textbox"
          tabIndex={0}
          aria-label={t('imports.pasteHere')}
          className="imports-paste"
          autoFocus
          onPaste={(event) => {
            event.preventDefault();
            take(event.clipboardData.getData('text/plain'));
          }}
        >
          {copied === null ? (
            <span className="muted">{t('imports.pasteHere')}</span>
          ) : (
            <>
              <b>
                {t('imports.pasteRead', { rows: copied.lines.toLocaleString(), columns: copied.columns })}
              </b>
              <table>
                <tbody>
                  {copied.rows.slice(0, 5).map((row, at) => (
                    <tr key={at}>
                      {row.slice(0, 8).map((cell, column) => (
                        <td key={column}>{cell.slice(0, 40)}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          )}
        </div>
        {copied !== null && (
          <Checkbox checked={titled} onChange={(event) => setTitled(event.target.checked)}>
            {t('imports.pasteHeader')}
          </Checkbox>
        )}
        {empty && <Alert type="warning" showIcon title={t('imports.pasteNothing')} />}
        <ProblemAlert problem={send.error} />
      </div>
    </Modal>
  );
}
