"""Templates of labels (标签模板): designs of the kind ``label``, kept by ``kernel.designs`` (draft, versions, conflicts)."""
