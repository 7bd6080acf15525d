import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Upload } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { getImage, uploadImage } from './calls';

interface ImageFieldProps {
  value: string;
  disabled: boolean;
  onChange: (image: string) => void;
}

/** An uploaded picture: seen, and replaced by another one. */
export function ImageField({ value, disabled, onChange }: ImageFieldProps) {
  const { t } = useTranslation();
  const upload = useMutation({ mutationFn: uploadImage, onSuccess: ({ id }) => onChange(id) });
  const { data: blob } = useQuery({
    queryKey: ['labels', 'image', value],
    queryFn: ({ signal }) => getImage(value, signal),
    enabled: value !== '',
    staleTime: Infinity,
  });
  const source = useObjectUrl(blob);
  return (
    <div className="ld-image">
      {source !== null && <img src={source} alt={t('labels.picture')} />}
      <Upload
        accept="image/png,image/jpeg,image/gif,image/bmp,image/webp"
        showUploadList={false}
        disabled={disabled}
        beforeUpload={(file) => {
          upload.mutate(file);
          return false;
        }}
      >
        <Button
          size="small"
          icon={<Icon name="picture" size={15} />}
          loading={upload.isPending}
          disabled={disabled}
        >
          {t(value === '' ? 'labels.upload' : 'labels.uploadOther')}
        </Button>
      </Upload>
      <ProblemAlert problem={upload.error} />
    </div>
  );
}

/** An address for bytes, given back when they are no longer shown. */
function useObjectUrl(blob: Blob | undefined): string | null {
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => {
    if (blob === undefined) return;
    const made = URL.createObjectURL(blob);
    setSource(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return blob === undefined ? null : source;
}
