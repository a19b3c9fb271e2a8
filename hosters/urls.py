from django.urls import path

from hosters.views import site

app_name = "hosters"

urlpatterns = [
    path("marque.css", site.brand_css, name="brand_css"),
    path("logo", site.logo, name="logo"),
    path("sante/", site.health, name="health"),
    path("sante/vivant/", site.alive, name="alive"),
    path("courriels/", site.mailbox, name="mailbox"),
    path("styleguide/", site.styleguide, name="styleguide"),
]
