"""Files of records (附件): which a record may have, which it has, and who may have them."""
