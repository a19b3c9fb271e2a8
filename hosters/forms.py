from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Every form of Chatière is drawn by two templates of ours."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
