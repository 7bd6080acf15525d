from __future__ import annotations

from pwdlib import PasswordHash

from mazhi.kernel.access.secrets import hash_password, verify_password


def test_a_password_takes_nineteen_mebibytes_and_two_passes_to_try(lasting_hasher: PasswordHash) -> None:
    kept = lasting_hasher.hash("correct horse")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert verify_password("correct horse", kept)


def test_a_password_is_known_by_its_hash_and_no_other_is() -> None:
    kept = hash_password("correct horse")
    assert kept != hash_password("correct horse")
    assert verify_password("correct horse", kept)
    assert not verify_password("wrong horse", kept)
    assert not verify_password("correct horse", None)
