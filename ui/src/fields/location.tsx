import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import type { InputProps, ShowProps } from '../forms/control';

export const shape = 'json';

interface Location {
  longitude: number;
  latitude: number;
  name?: string | null;
}

const DECIMALS = 6;
const WAIT_MS = 15_000;
const FRESH_MS = 30_000;

function locationOf(value: unknown): Partial<Location> {
  return typeof value === 'object' && value !== null ? value : {};
}

/** Where something is (定位): the place of this device, or typed where the form lets people. */
export function Input({ field, id, value, onChange, disabled, invalid, describedBy, onBlur }: InputProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const now = locationOf(value);
  const here = field.options?.['here_only'] === true;
  const give = (next: Partial<Location>) => {
    const empty = next.longitude === undefined && next.latitude === undefined;
    onChange(empty ? null : next);
  };
  const ask = () => {
    // Browsers tell a page where it is only over a safe connection.
    if (!window.isSecureContext) {
      setRefused('fields.locationUnsafe');
      return;
    }
    setAsking(true);
    setRefused(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setAsking(false);
        give({
          longitude: Number(coords.longitude.toFixed(DECIMALS)),
          latitude: Number(coords.latitude.toFixed(DECIMALS)),
          name: now.name ?? null,
        });
      },
      (error) => {
        setAsking(false);
        setRefused(
          error.code === error.PERMISSION_DENIED ? 'fields.locationDenied' : 'fields.locationUnknown',
        );
      },
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: FRESH_MS },
    );
  };
  return (
    <div className="stack field-location">
      <div className="row">
        {(['longitude', 'latitude'] as const).map((part) => (
          <InputNumber<number>
            key={part}
            {...(part === 'longitude' && { id })}
            className="field-number grow"
            value={now[part] ?? null}
            min={part === 'longitude' ? -180 : -90}
            max={part === 'longitude' ? 180 : 90}
            controls={false}
            disabled={disabled === true || here}
            status={invalid ? 'error' : ''}
            aria-describedby={describedBy}
            aria-label={t(`fields.${part}`)}
            placeholder={t(`fields.${part}`)}
            onChange={(next) => {
              const { [part]: _, ...rest } = now;
              give(next === null ? rest : { ...now, [part]: next });
            }}
            {...(onBlur && { onBlur })}
          />
        ))}
        <Button
          icon={<Icon name="place" size={16} />}
          loading={asking}
          disabled={disabled ?? false}
          onClick={ask}
        >
          {t('fields.locate')}
        </Button>
      </div>
      {refused !== null && (
        <p className="field-fault" role="alert">
          {t(refused)}
        </p>
      )}
    </div>
  );
}

export function Show({ value }: ShowProps) {
  const { longitude, latitude, name } = locationOf(value);
  return (
    <span className="row">
      {name && <span>{name}</span>}
      <span className="mono muted">
        {longitude?.toFixed(DECIMALS)}, {latitude?.toFixed(DECIMALS)}
      </span>
    </span>
  );
}
