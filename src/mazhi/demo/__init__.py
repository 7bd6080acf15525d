"""The demo company (演示数据): twelve weeks of an invented maker of water purifiers, told to the public services."""
