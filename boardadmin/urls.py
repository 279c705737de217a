"""The addresses of the installation."""

from django.urls import include, path

urlpatterns = [path("", include("stages.urls"))]

handler400 = "stages.views.failures.bad_request"
handler403 = "stages.views.failures.forbidden"
handler404 = "stages.views.failures.not_found"
handler500 = "stages.views.failures.server_error"
