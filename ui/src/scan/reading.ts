import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

// Ours, from our own server: the package would fetch it from another host.
prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith('.wasm') ? wasm : path) } });

/** A code in a picture: what it says and of which symbology it is, by its ISO/IEC 15424 identifier. */
export interface CodeRead {
  text: string;
  symbology: string;
}

/** Read the codes in a picture of the camera. */
export async function readCodes(picture: ImageData): Promise<CodeRead[]> {
  const found = await readBarcodes(picture, {
    tryHarder: true,
    tryInvert: true,
    maxNumberOfSymbols: 4,
    textMode: 'Plain',
  });
  return found
    .filter((one) => one.isValid && one.text !== '')
    .map((one) => ({ text: one.text, symbology: one.symbologyIdentifier }));
}
