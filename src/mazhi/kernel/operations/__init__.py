"""Operations (业务动作): one module per kind of thing that can happen to an item."""
