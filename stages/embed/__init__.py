"""Life in a portal's frame: what the portal posts, who is in the frame, who may frame."""
