import { Button, Dropdown, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import { useDesk } from '../desk';

interface TemplateProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** A text in which fields stand in braces; they are put in where the caret is. */
export function Template({ label, value, onChange }: TemplateProps) {
  const { t } = useTranslation();
  const { formulaFields } = useDesk();
  const area = useRef<TextAreaRef>(null);
  const put = (code: string) => {
    const element = area.current?.resizableTextArea?.textArea;
    const at = element?.selectionStart ?? value.length;
    onChange(`${value.slice(0, at)}{${code}}${value.slice(element?.selectionEnd ?? at)}`);
    element?.focus();
  };
  return (
    <div className="fw-template">
      <Input.TextArea
        ref={area}
        size="small"
        aria-label={label}
        autoSize={{ minRows: 1, maxRows: 6 }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <Dropdown
        trigger={['click']}
        menu={{
          className: 'fw-long-menu',
          items: formulaFields
            .filter((one) => one.shape !== 'list')
            .map((one) => ({ key: one.code, label: one.title })),
          onClick: ({ key }) => put(key),
        }}
      >
        <Button
          type="text"
          size="small"
          aria-label={t('flowdesigner.insertField')}
          title={t('flowdesigner.insertField')}
          icon={<Icon name="field" size={16} />}
        />
      </Dropdown>
    </div>
  );
}
