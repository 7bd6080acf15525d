"""Templates of labels (标签模板): designs of the kind ``label`` (see ``kernel.designs``), and what is made of them."""
