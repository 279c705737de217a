"""A client of Bitrix24's REST interface: typed commands, one at a time or in batches."""
