"""Pages about money, below /gestion/."""

from django.urls import path

from billing.views.money import bank, debits, mandates, received, reminders

urlpatterns = [
    path("paiements/", received.unpaid_invoices, name="unpaid"),
    path("paiements/trop-percus/", received.excesses, name="excesses"),
    path("paiements/<int:pk>/annuler/", received.undo_payment, name="undo_payment"),
    path("factures/<int:pk>/rembourser/", received.refund_invoice, name="refund"),
    path("factures/<int:pk>/trop-percu/", received.move_excess_of, name="move_excess"),
    path("paiements/banque/", bank.bank, name="bank"),
    path("paiements/banque/certaines/", bank.confirm_sure, name="bank_sure"),
    path("paiements/banque/<int:pk>/", bank.choose, name="bank_choose"),
    path("paiements/banque/<int:pk>/confirmer/", bank.confirm, name="bank_confirm"),
    path("paiements/banque/<int:pk>/ecarter/", bank.put_aside, name="bank_ignore"),
    path("paiements/banque/<int:pk>/defaire/", bank.undo_match, name="bank_undo"),
    path("prelevements/", debits.debits, name="debits"),
    path("prelevements/reponse/", debits.debit_answer, name="debit_answer"),
    path("prelevements/remises/<int:pk>/", debits.debit_batch, name="debit_batch"),
    path("prelevements/remises/<int:pk>/fichier/", debits.batch_file, name="batch_file"),
    path("prelevements/<int:pk>/abandonner/", debits.cancel_debit, name="cancel_debit"),
    path("prelevements/<int:pk>/representer/", debits.debit_again, name="debit_again"),
    path("prelevements/<int:pk>/rejet/", debits.reject_debit, name="reject_debit"),
    path("mandats/", mandates.mandates, name="mandates"),
    path("mandats/<int:pk>/", mandates.mandate, name="mandate"),
    path("organisations/<int:pk>/mandat/", mandates.new_mandate, name="new_mandate"),
    path("rappels/", reminders.reminders, name="reminders"),
    path("factures/<int:pk>/rappel/", reminders.preview, name="reminder_preview"),
    path("organisations/<int:pk>/rappels/", reminders.pause, name="pause_reminders"),
    path("organisations/<int:pk>/rappels/reprendre/", reminders.resume, name="resume_reminders"),
]
