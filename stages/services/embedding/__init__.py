"""The app on a portal: proving who opens it, installing it, taking it away."""
