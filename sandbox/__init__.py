"""An emulated Bitrix24 portal over real HTTP, for people, tests and a second opinion."""
