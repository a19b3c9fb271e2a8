from django.core.validators import URLValidator

#: An address that becomes a link on a page: http or https and nothing else.
web_address = URLValidator(schemes=["https", "http"])
