import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../components/clipboard';
import type { CodePart } from '../../components/SegmentedCode';
import { SegmentedCode } from '../../components/SegmentedCode';

/** A coloured code that a click copies. */
export function CodeCopy({ code, parts }: { code: string; parts: CodePart[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (
    <button
      type="button"
      className="code-copy"
      aria-label={t('copyCode', { value: code })}
      onClick={async () => {
        await copyText(code);
        void message.success(t('copied', { value: code }));
      }}
    >
      <SegmentedCode parts={parts} />
    </button>
  );
}
