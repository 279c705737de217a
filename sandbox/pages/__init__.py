"""The portal as people see it in a browser: menu, groups, tasks, and applications in frames."""
