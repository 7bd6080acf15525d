import { Button, Form, Input, Popover, QRCode } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProductSelect } from '../../components/pickers';
import { CodeCopy } from './CodeCopy';
import type { Kinds, Segment } from './calls';
import { fieldLabel, fieldNames, needsProduct } from './segments';
import type { Example, Supposed } from './useAssessment';

interface ExamplesProps {
  examples: Example[];
  segments: Segment[];
  kinds: Kinds;
  supposed: Supposed;
  onSuppose: (supposed: Supposed) => void;
}

/** Codes that the rule would make, each with its QR code. */
export function Examples({ examples, segments, kinds, supposed, onSuppose }: ExamplesProps) {
  const { t } = useTranslation();
  const names = fieldNames(segments);
  const product = needsProduct(segments);
  return (
    <section className="card codes-examples" aria-label={t('codes.examples')}>
      <header className="card-head">
        <h2 className="grow">{t('codes.examples')}</h2>
        {(names.length > 0 || product) && (
          <Popover
            trigger="click"
            placement="bottomRight"
            content={
              <Form layout="vertical" className="codes-values">
                {product && (
                  <Form.Item label={t('product')}>
                    <ProductSelect
                      value={supposed.product}
                      onChange={(code) => onSuppose({ ...supposed, product: code })}
                    />
                  </Form.Item>
                )}
                {names.map((name) => (
                  <Form.Item key={name} label={fieldLabel(kinds, name)}>
                    <Input
                      className="mono"
                      value={supposed.fields[name] ?? ''}
                      placeholder={t('codes.sample')}
                      aria-label={fieldLabel(kinds, name)}
                      onChange={(event) =>
                        onSuppose({
                          ...supposed,
                          fields: { ...supposed.fields, [name]: event.target.value.trim() },
                        })
                      }
                    />
                  </Form.Item>
                ))}
              </Form>
            }
          >
            <Button type="link" size="small">
              {t('codes.otherValues')}
            </Button>
          </Popover>
        )}
      </header>
      <ul>
        {examples.map((example) => (
          <li key={example.label + example.code}>
            <span className="codes-example-when">{example.label}</span>
            <CodeCopy code={example.code} parts={example.parts} />
            <QRCode
              value={example.code}
              className="codes-qr"
              size={64}
              color="black"
              bgColor="white"
              bordered={false}
              type="svg"
              aria-label={t('codes.qr', { code: example.code })}
            />
          </li>
        ))}
        {examples.length === 0 && <li className="muted">{t('codes.noExamples')}</li>}
      </ul>
    </section>
  );
}
