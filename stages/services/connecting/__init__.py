"""How people connect portals, test their connections and end them."""
