"""What gunicorn serves: `gunicorn boardadmin.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boardadmin.settings")

application = get_wsgi_application()
